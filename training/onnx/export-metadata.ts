import type { Manifest } from "../../src/models/registry/manifest";
import { describeOutputs } from "./described-output";
import { readMetadata, withMetadata } from "./model-metadata";

/** One line by which a paper can name the model and the data that it was trained on. */
function citationOf({ model, version, createdAt, data }: Manifest): string {
  const stars = `${data.stars.train} stars of ${data.source}${data.synthetic ? " (a synthetic sky)" : ""}`;
  return `${model}, version ${version} (${createdAt}), trained with asterism on ${stars}, sha256 ${data.sha256}. Cite also whoever published those stars.`;
}

/**
 * @param onnx a registered artifact
 * @returns the same model with what one has to know to run it: `model`, `version`, `manifest` (JSON), `citation`, and as
 *   JSON the `inputs` and `outputs` with their units and places, where the artifact does not say so itself
 */
export function exportedArtifact(onnx: Uint8Array, manifest: Manifest): Uint8Array {
  const own = readMetadata(onnx);
  const always = { model: manifest.model, version: String(manifest.version), manifest: JSON.stringify(manifest) };
  const unlessThere = {
    inputs: JSON.stringify(manifest.featureSet.inputs),
    outputs: JSON.stringify(describeOutputs(manifest.outputs)),
    citation: citationOf(manifest),
  };
  const added = Object.entries(unlessThere).filter(([key]) => !own.has(key));
  return withMetadata(onnx, new Map([...Object.entries(always), ...added]));
}
