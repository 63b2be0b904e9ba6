import type { Parameter, Queries } from "../../database/database";
import { AppError } from "../../errors";
import { catalogueNamed } from "../catalogue";
import type { Release } from "../release";
import { filterSql, type StarFilter } from "../star-filter";
import { surveyIdsOf } from "../star-page";
import { EXPORT_TABLES, type ExportColumn, type ExportName, type ExportTable } from "./tables";

/** What to export. */
export interface ExportRequest {
  readonly what: ExportName;
  readonly release: Release;
  readonly filter: StarFilter;
  /** go on behind this source_id */
  readonly after: bigint | null;
  /** labels, photometry, cross-matches: of this catalogue alone */
  readonly catalogue: string | null;
  /** predictions: row id of the version that they are of */
  readonly modelVersionId: number | null;
}

/**
 * A number as SQL writes it, for COPY takes no parameters. Text, which could break out of the statement, is refused:
 * names of surveys have become row ids before.
 */
export function literal(value: Parameter): string {
  if (value === null) return "NULL";
  if (typeof value === "bigint" || Number.isFinite(value)) return `(${value})`;
  if (value === Number.POSITIVE_INFINITY) return "'Infinity'";
  if (value === Number.NEGATIVE_INFINITY) return "'-Infinity'";
  throw new Error(`Only numbers may stand in a statement of an export, not a ${typeof value}.`);
}

/** The statements of one export: the names that it was asked with looked up, all of it checked. */
export interface ExportPlan {
  readonly columns: readonly ExportColumn[];
  /** the rows of the next `stars` stars behind a source_id that have any, by source_id; `textual`: truth values in words */
  chunk(after: bigint | null, stars: number, textual: boolean): string;
  /** how many stars it will have rows of */
  readonly count: string;
}

/** @throws AppError BAD_INPUT where the export is not narrowed by what it can be */
async function ownCondition(queries: Queries, { what, catalogue, modelVersionId }: ExportRequest): Promise<string> {
  const { by } = EXPORT_TABLES[what];
  if (catalogue !== null && by !== "catalogue")
    throw new AppError("BAD_INPUT", `The export of ${what} is of no catalogue in particular: leave 'survey' out.`);
  if ((modelVersionId !== null) !== (by === "model")) {
    const advice = by === "model" ? "needs 'model', as in model=sos-mlp@champion" : "is of no model: leave 'model' out";
    throw new AppError("BAD_INPUT", `The export of ${what} ${advice}.`);
  }
  if (modelVersionId !== null) return `d.model_version_id = ${literal(modelVersionId)}`;
  return catalogue === null ? "true" : `d.catalogue_id = ${literal((await catalogueNamed(queries, catalogue)).id)}`;
}

/**
 * A star that has no row must not take a place in a chunk, or a chunk without rows would look like the end: the
 * same condition chooses the stars and their rows.
 */
function rowsSql({ from, where }: NonNullable<ExportTable["rows"]>, own: string, release: Release): string {
  return `(${from}) WHERE d.release = ${literal(release)} AND d.source_id = s.source_id AND ${own} AND ${where}`;
}

/** Not measured is null, also where a NaN slipped in; a truth value reads true or false where COPY would write t or f. */
function expression({ sql, type }: ExportColumn, textual: boolean): string {
  if (type === "float32" || type === "float64") return `nullif(${sql}, 'NaN')`;
  return textual && type === "boolean" ? `(${sql})::text` : sql;
}

const select = (columns: readonly ExportColumn[], textual: boolean) => columns.map((column) => expression(column, textual)).join(", ");

/** @throws AppError BAD_INPUT where the request cannot be meant, NOT_FOUND where it names an unknown catalogue */
export async function planExport(queries: Queries, request: ExportRequest): Promise<ExportPlan> {
  const { columns, rows }: ExportTable = EXPORT_TABLES[request.what];
  const { release, filter } = request;
  const own = await ownCondition(queries, request);
  const chosen = `s.release = ${literal(release)} AND ${filterSql(filter, literal, await surveyIdsOf(queries, filter))}`;
  const joined = rows && rowsSql(rows, own, release);
  const having = joined ? `${chosen} AND EXISTS (SELECT FROM ${joined})` : chosen;
  const stars = (after: bigint | null) => `FROM star s WHERE ${having}${after === null ? "" : ` AND s.source_id > ${literal(after)}`}`;
  return {
    columns,
    count: `SELECT count(*) ${stars(request.after)}`,
    chunk(after, limit, textual) {
      const page = `${stars(after)} ORDER BY s.source_id LIMIT ${limit}`;
      if (!rows || !joined) return `SELECT ${select(columns, textual)} ${page}`;
      return `WITH s AS MATERIALIZED (SELECT s.release, s.source_id ${page})
        SELECT ${select(columns, textual)} FROM s CROSS JOIN ${joined} ORDER BY s.source_id, ${rows.order}`;
    },
  };
}
