import type { Release } from "../../src/catalogue/release";
import { indexVectors } from "../../src/catalogue/vectors/vector-index";
import type { Queries } from "../../src/database/database";
import { vectorsOf } from "../../src/models/registry/output";
import type { ModelVersion } from "../../src/models/registry/registry";
import { vectorSet } from "../../src/models/vector-set";

/** Makes the indexes that a version's vectors are searched by, once a backfill has stored them. */
export async function indexStoredVectors(queries: Queries, version: ModelVersion, release: Release): Promise<void> {
  for (const { name } of vectorsOf(version.manifest)) await indexVectors(queries, vectorSet(version, name, release));
}
