import type { Queries } from "../../database/database";
import type { TableAbout } from "../../formats/output-table";
import { aboutFile, catalogueNotes, ingestNotes, modelNotes, type Origin, withNotes } from "../bulk/about";
import type { ExportRequest } from "./export-request";
import { exportSources } from "./export-sources";

/** Exports of rows that catalogues give. */
const OF_CATALOGUES: ReadonlySet<ExportRequest["what"]> = new Set([
  "labels",
  "photometry",
  "crossmatches",
  "variability",
  "light-curves",
  "objects",
] as const);

/**
 * What an export says of itself: the release, the model, what to cite, and the files that its rows came from.
 *
 * @param catalogueId of the only catalogue that is exported; null: all
 */
export async function aboutExport(
  queries: Queries,
  request: ExportRequest,
  catalogueId: number | null,
  origin: Origin,
): Promise<TableAbout> {
  const { what, release, version, catalogue } = request;
  const description = what === "objects" ? `objects of ${catalogue}` : `${what} of Gaia DR${release}`;
  const models = version === null ? [] : await modelNotes(queries, version.id);
  const cited = OF_CATALOGUES.has(what) ? await catalogueNotes(queries, catalogueId) : [];
  const ingested = ingestNotes(await exportSources(queries, request));
  return withNotes(aboutFile(description, release, origin), [...models, ...cited, ...ingested]);
}
