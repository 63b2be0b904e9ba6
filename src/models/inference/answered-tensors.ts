import type { Manifest } from "../registry/manifest";
import { classesOf, quantitiesOf, vectorsOf } from "../registry/output";
import type { AnsweredTensor } from "./inference-protocol";

export const probabilitiesTensor = (name: string): string => `probabilities_${name}`;
export const vectorTensor = (name: string): string => `vector_${name}`;

/** @returns the tensors that a version's artifact answers with */
export function answeredTensors(manifest: Pick<Manifest, "outputs" | "columns" | "featureSet">): AnsweredTensor[] {
  const quantities = quantitiesOf(manifest).length;
  const inputs = manifest.featureSet.inputs.length;
  return [
    ...(quantities > 0 ? ["value", "error"] : []).map((name) => ({ name, width: quantities })),
    ...classesOf(manifest).map(({ name, classes }) => ({ name: probabilitiesTensor(name), width: classes.length })),
    ...vectorsOf(manifest).map(({ name, length }) => ({ name: vectorTensor(name), width: length })),
    ...(manifest.columns ? ["inputs", "outside"] : []).map((name) => ({ name, width: inputs })),
  ];
}
