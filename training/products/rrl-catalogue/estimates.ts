import { literal } from "../../../src/catalogue/bulk/select";
import type { Database } from "../../../src/database/database";
import { CATALOGUE_COLUMNS, type CatalogueRequest, catalogueStatement } from "./statement";

/** What the catalogue says of a star. */
export interface Estimate {
  /** [dex] */
  readonly feh: number;
  readonly fehError: number;
  /** names between bars; null if nothing is doubtful */
  readonly flags: string | null;
}

/** Ids of one statement. */
const CHUNK = 1000;

const COLUMNS = ["source_id", "feh", "feh_error", "flags"].map((wanted) => CATALOGUE_COLUMNS.find(({ name }) => name === wanted)!);

/** @returns the catalogue's estimate of those stars that have one */
export async function estimatesOf(
  database: Database,
  request: CatalogueRequest,
  sourceIds: readonly bigint[],
): Promise<Map<bigint, Estimate>> {
  const estimates = new Map<bigint, Estimate>();
  for (let first = 0; first < sourceIds.length; first += CHUNK) {
    const ids = sourceIds.slice(first, first + CHUNK).map(literal);
    const rows = await database.bulkRows<[bigint, number | null, number | null, string | null]>(
      catalogueStatement(request, COLUMNS, "text", (sourceId) => `${sourceId} IN (${ids.join(", ")})`),
    );
    for (const [sourceId, feh, fehError, flags] of rows)
      if (feh !== null && fehError !== null) estimates.set(sourceId, { feh, fehError, flags });
  }
  return estimates;
}
