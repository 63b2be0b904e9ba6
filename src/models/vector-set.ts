import type { Release } from "../catalogue/release";
import type { VectorSet } from "../catalogue/vectors/vector-search-sql";
import { AppError } from "../errors";
import { vectorsOf } from "./registry/output";
import type { ModelVersion } from "./registry/registry";

/**
 * The stored vectors of one output of a version.
 *
 * @param output may be left out where the version has one
 * @throws AppError BAD_INPUT if the version has no such vectors
 */
export function vectorSet(version: ModelVersion, output: string | null | undefined, release: Release): VectorSet {
  const all = vectorsOf(version.manifest);
  const found = output == null && all.length === 1 ? all[0] : all.find(({ name }) => name === output);
  if (found) return { versionId: version.id, release, output: found.name, length: found.length };
  const called = `${version.model}@${version.version}`;
  const names = all.map(({ name }) => name).join(", ");
  throw new AppError(
    "BAD_INPUT",
    names
      ? `The vectors of ${called} are ${names}. Name one of them as 'output', not '${(output ?? "").slice(0, 40)}'.`
      : `${called} has no vectors.`,
  );
}
