import type { Queries } from "../../database/database";
import { AppError } from "../../errors";
import type { CopyForm, TableAbout } from "../../formats/output-table";
import type { Origin } from "../bulk/about";
import { literal, type SelectedColumn, selectList } from "../bulk/select";
import { catalogueNamed } from "../catalogue";
import { filteredSurveys } from "../filtered-surveys";
import type { PredictingVersion } from "../predicted/predicting-version";
import type { Release } from "../release";
import { filterSql } from "../star-filter";
import { aboutExport } from "./about-export";
import type { StarExport } from "./export-request";
import { exportedLabel } from "./label-columns";
import { predictedStarsTable, predictionsTable } from "./predicted-tables";
import { EXPORT_TABLES, type ExportName, type ExportTable, KEY, labelsTable, PREDICTED_NAMES, type PredictedName } from "./tables";

/** The statements of one export: the names that it was asked with looked up, all of it checked. */
export interface ExportPlan {
  readonly columns: readonly SelectedColumn[];
  readonly about: TableAbout;
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

const isOfModel = (what: ExportName): what is PredictedName => PREDICTED_NAMES.some((name) => name === what);

/** @throws AppError BAD_INPUT if the export is not narrowed by what it can be */
function checkNarrowing({ what, catalogue, labels, version, unmatched, probabilities }: StarExport): void {
  const refuse = (advice: string): never => {
    throw new AppError("BAD_INPUT", `The export of ${what} ${advice}.`);
  };
  const ofCatalogue = !isOfModel(what) && EXPORT_TABLES[what].by === "catalogue";
  if (unmatched) refuse("is of stars: 'unmatched' is for objects");
  if (catalogue !== null && !ofCatalogue) refuse("is of no catalogue in particular: leave 'survey' out");
  if (labels && what !== "labels") refuse("has no labels to choose: leave 'labels' out");
  if (version === null && isOfModel(what)) refuse("needs 'model', as in model=sos-mlp@champion");
  if (version !== null && !isOfModel(what)) refuse("is of no model: leave 'model' out");
  if (probabilities && what !== "predicted-stars") refuse("has no probabilities of every class: leave 'probabilities' out");
}

function ownCondition(version: PredictingVersion | null, catalogueId: number | null): string {
  if (version !== null) return `d.model_version_id = ${literal(version.id)}`;
  return catalogueId === null ? "true" : `d.catalogue_id = ${literal(catalogueId)}`;
}

/** @throws AppError NOT_FOUND for labels that no catalogue gives */
async function tableOf(queries: Queries, request: StarExport, catalogueId: number | null): Promise<ExportTable> {
  const { what, labels, version, release, probabilities = false } = request;
  if (isOfModel(what))
    return what === "predictions" ? predictionsTable(KEY, version!) : predictedStarsTable(KEY, version!, release, probabilities);
  return labels ? labelsTable(await Promise.all(labels.map((name) => exportedLabel(queries, name, catalogueId)))) : EXPORT_TABLES[what];
}

/**
 * A star that has no row must not take a place in a chunk, or a chunk without rows would look like the end: the
 * same condition chooses the stars and their rows.
 */
function rowsSql({ from, where }: NonNullable<ExportTable["rows"]>, own: string, release: Release): string {
  return `(${from}) WHERE d.release = ${literal(release)} AND d.source_id = s.source_id AND ${own} AND ${where}`;
}

/** @throws AppError BAD_INPUT if the request cannot be meant, NOT_FOUND if it names an unknown catalogue */
export async function planExport(queries: Queries, request: StarExport, origin: Origin): Promise<ExportPlan> {
  const { release, filter, catalogue } = request;
  const catalogueId = catalogue === null ? null : (await catalogueNamed(queries, catalogue)).id;
  checkNarrowing(request);
  const own = ownCondition(request.version, catalogueId);
  const { columns, rows, beside, chunkStars = CHUNK_STARS } = await tableOf(queries, request, catalogueId);
  const chosen = `s.release = ${literal(release)} AND ${filterSql(filter, literal, await filteredSurveys(queries, filter, release))}`;
  const joined = rows && rowsSql(rows, own, release);
  const some = joined ? `EXISTS (SELECT FROM ${joined})` : beside?.has;
  const having = some === undefined ? chosen : `${chosen} AND ${some}`;
  const stars = (after: bigint | null) => `FROM star s WHERE ${having}${after === null ? "" : ` AND s.source_id > ${literal(after)}`}`;
  return {
    columns,
    about: await aboutExport(queries, request, catalogueId, origin),
    chunkStars,
    count: `SELECT count(*) ${stars(request.after)}`,
    chunk(after, limit, form) {
      const page = `${stars(after)} ORDER BY s.source_id LIMIT ${limit}`;
      const walked = `WITH s AS MATERIALIZED (SELECT s.release, s.source_id ${page}) SELECT ${selectList(columns, form)} FROM s`;
      if (beside) return `${walked} ${beside.joins} ORDER BY s.source_id`;
      if (!rows || !joined) return `SELECT ${selectList(columns, form)} ${page}`;
      return `${walked} CROSS JOIN ${joined} ORDER BY s.source_id, ${rows.order}`;
    },
  };
}
