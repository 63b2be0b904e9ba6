import type { Queries } from "../../database/database";
import { AppError } from "../../errors";
import type { CopyForm } from "../../formats/output-table";
import { literal, type SelectedColumn, selectList } from "../bulk/select";
import { catalogueNamed } from "../catalogue";
import { filteredSurveys } from "../filtered-surveys";
import type { Release } from "../release";
import { filterSql, type StarFilter } from "../star-filter";
import { exportedLabel } from "./label-columns";
import { EXPORT_TABLES, type ExportName, type ExportTable, labelsTable } from "./tables";

/** What to export. */
export interface ExportRequest {
  readonly what: ExportName | "objects";
  readonly release: Release;
  readonly filter: StarFilter;
  /** go on behind this source_id */
  readonly after: bigint | null;
  /** labels, photometry, cross-matches: of this catalogue alone */
  readonly catalogue: string | null;
  /** labels: the columns of these labels alone, by name; null or absent: those that surveys share */
  readonly labels?: readonly string[] | null;
  /** objects: only those that no star is known for */
  readonly unmatched?: boolean;
  /** predictions: row id of the version that they are of */
  readonly modelVersionId: number | null;
}

/** An export of stars' rows. */
export type StarExport = ExportRequest & { readonly what: ExportName };

/** The statements of one export: the names that it was asked with looked up, all of it checked. */
export interface ExportPlan {
  readonly columns: readonly SelectedColumn[];
  /** the rows of the next `stars` stars behind a source_id that have any, by source_id */
  chunk(after: bigint | null, stars: number, form: CopyForm): string;
  /** stars whose rows one statement reads */
  readonly chunkStars: number;
  /** how many stars it will have rows of */
  readonly count: string;
}

/**
 * Stars whose rows are read by one statement. A chunk of all columns of a star is about 4.5 MB of CSV, and the start of
 * a statement is lost in the time that it takes.
 */
const CHUNK_STARS = 10_000;

/** @throws AppError BAD_INPUT if the export is not narrowed by what it can be */
function ownCondition({ what, catalogue, modelVersionId, unmatched }: StarExport, catalogueId: number | null): string {
  const { by } = EXPORT_TABLES[what];
  if (unmatched) throw new AppError("BAD_INPUT", `The export of ${what} is of stars: 'unmatched' is for objects.`);
  if (catalogue !== null && by !== "catalogue")
    throw new AppError("BAD_INPUT", `The export of ${what} is of no catalogue in particular: leave 'survey' out.`);
  if ((modelVersionId !== null) !== (by === "model")) {
    const advice = by === "model" ? "needs 'model', as in model=sos-mlp@champion" : "is of no model: leave 'model' out";
    throw new AppError("BAD_INPUT", `The export of ${what} ${advice}.`);
  }
  if (modelVersionId !== null) return `d.model_version_id = ${literal(modelVersionId)}`;
  return catalogueId === null ? "true" : `d.catalogue_id = ${literal(catalogueId)}`;
}

/** @throws AppError BAD_INPUT for labels of another table, NOT_FOUND for those that no catalogue gives */
async function tableOf(queries: Queries, { what, labels }: StarExport, catalogueId: number | null): Promise<ExportTable> {
  if (!labels) return EXPORT_TABLES[what];
  if (what !== "labels") throw new AppError("BAD_INPUT", `The export of ${what} has no labels to choose: leave 'labels' out.`);
  return labelsTable(await Promise.all(labels.map((name) => exportedLabel(queries, name, catalogueId))));
}

/**
 * A star that has no row must not take a place in a chunk, or a chunk without rows would look like the end: the
 * same condition chooses the stars and their rows.
 */
function rowsSql({ from, where }: NonNullable<ExportTable["rows"]>, own: string, release: Release): string {
  return `(${from}) WHERE d.release = ${literal(release)} AND d.source_id = s.source_id AND ${own} AND ${where}`;
}

/** @throws AppError BAD_INPUT if the request cannot be meant, NOT_FOUND if it names an unknown catalogue */
export async function planExport(queries: Queries, request: StarExport): Promise<ExportPlan> {
  const { release, filter, catalogue } = request;
  const catalogueId = catalogue === null ? null : (await catalogueNamed(queries, catalogue)).id;
  const own = ownCondition(request, catalogueId);
  const { columns, rows, chunkStars = CHUNK_STARS } = await tableOf(queries, request, catalogueId);
  const chosen = `s.release = ${literal(release)} AND ${filterSql(filter, literal, await filteredSurveys(queries, filter, release))}`;
  const joined = rows && rowsSql(rows, own, release);
  const having = joined ? `${chosen} AND EXISTS (SELECT FROM ${joined})` : chosen;
  const stars = (after: bigint | null) => `FROM star s WHERE ${having}${after === null ? "" : ` AND s.source_id > ${literal(after)}`}`;
  return {
    columns,
    chunkStars,
    count: `SELECT count(*) ${stars(request.after)}`,
    chunk(after, limit, form) {
      const page = `${stars(after)} ORDER BY s.source_id LIMIT ${limit}`;
      if (!rows || !joined) return `SELECT ${selectList(columns, form)} ${page}`;
      return `WITH s AS MATERIALIZED (SELECT s.release, s.source_id ${page})
        SELECT ${selectList(columns, form)} FROM s CROSS JOIN ${joined} ORDER BY s.source_id, ${rows.order}`;
    },
  };
}
