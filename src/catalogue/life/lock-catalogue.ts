import type { Queries } from "../../database/database";
import { lockScope } from "../ingest/merge";
import { RELEASES } from "../release";

const OF_OBJECTS = ["photometry", "survey_label", "catalogue_object", "crossmatch"] as const;
const OF_STARS = ["variability", "light_curve"] as const;

/** Waits for the ingests that write to a catalogue, and holds others up until the transaction ends. */
export async function lockCatalogue(queries: Queries, catalogueId: number): Promise<void> {
  for (const table of OF_OBJECTS) await lockScope(queries, { table, scope: { catalogue_id: catalogueId } }, "exclusive");
  for (const release of RELEASES)
    for (const table of OF_STARS) await lockScope(queries, { table, scope: { release, catalogue_id: catalogueId } }, "exclusive");
}
