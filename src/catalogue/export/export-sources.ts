import type { Queries } from "../../database/database";
import { catalogueNamed } from "../catalogue";
import { type IngestEntry, provenance } from "../ingest/ingest-record";
import type { ExportRequest } from "./export-request";

const OF_STARS = ["gaia", "distances", "stars", "synthetic"];

/** Kinds of ingests that bring the rows of each table. */
const KINDS: Readonly<Record<ExportRequest["what"], readonly string[]>> = {
  stars: OF_STARS,
  predictions: OF_STARS,
  "predicted-stars": OF_STARS,
  labels: ["labels", "synthetic"],
  photometry: ["photometry", "synthetic"],
  crossmatches: ["labels", "photometry", "synthetic"],
  variability: ["variability", "light-curves"],
  "light-curves": ["light-curves"],
  objects: ["labels", "photometry"],
};

/** The files whose rows an export is made of, oldest first. */
export async function exportSources(
  queries: Queries,
  { what, catalogue }: Pick<ExportRequest, "what" | "catalogue">,
): Promise<IngestEntry[]> {
  const catalogues = catalogue === null ? null : [(await catalogueNamed(queries, catalogue)).name];
  return provenance(queries, { catalogues, kinds: KINDS[what] });
}
