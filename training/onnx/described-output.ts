import { probabilitiesTensor, vectorTensor } from "../../src/models/inference/answered-tensors";
import type { ClassesOutput, QuantityOutput, VectorOutput } from "../../src/models/registry/output";

/** What has to be known of an output to describe it. */
export type OutputShape =
  | Pick<QuantityOutput, "kind" | "name" | "unit">
  | Pick<ClassesOutput, "kind" | "name" | "classes">
  | Pick<VectorOutput, "kind" | "name" | "length">;

/** An output as an artifact's metadata describes it: which tensor holds it, and in which column. */
export type DescribedOutput =
  | (Pick<QuantityOutput, "kind" | "name" | "unit"> & { readonly value: string; readonly error: string; readonly column: number })
  | (Pick<ClassesOutput, "kind" | "name" | "classes"> & { readonly tensor: string })
  | (Pick<VectorOutput, "kind" | "name" | "length"> & { readonly tensor: string });

/** @returns the outputs, the quantities among them in the order of their columns */
export function describeOutputs(outputs: readonly OutputShape[]): DescribedOutput[] {
  const quantities = outputs.filter(({ kind }) => kind === "quantity");
  return outputs.map((output): DescribedOutput => {
    if (output.kind === "classes") return { ...named(output), classes: output.classes, tensor: probabilitiesTensor(output.name) };
    if (output.kind === "vector") return { ...named(output), length: output.length, tensor: vectorTensor(output.name) };
    return { ...named(output), unit: output.unit, value: "value", error: "error", column: quantities.indexOf(output) };
  });
}

const named = <Kind>({ kind, name }: { readonly kind: Kind; readonly name: string }) => ({ kind, name });
