import type { Parameter, Queries } from "../database/database";
import { type FilteredSurveys, filteredSurveys } from "./filtered-surveys";
import { beyondSql, hasUnvalued, type StarKey, type StarOrder, walkOf } from "./page-order";
import type { Release } from "./release";
import { filterSql, type StarFilter } from "./star-filter";
import { STAR_COLUMN_SETS, type StarColumnSet, type StarPart, starColumnsSql, toStarPart } from "./stars-by-ids";

export interface PageRequest {
  readonly release: Release;
  readonly filter: StarFilter;
  readonly order: StarOrder;
  /** the key to go on from, not itself included */
  readonly after: StarKey | null;
  readonly first: number;
}

export interface StarPage {
  readonly keys: readonly StarKey[];
  /** the keys' stars */
  readonly stars: readonly StarPart[];
  readonly hasNext: boolean;
}

type Row = readonly [value: number | null, sourceId: bigint, ...columns: unknown[]];

/**
 * Statements of pages without a filter that are kept prepared: planning one takes as long as running it. Those with a
 * filter are planned each time, by what the filter's values select.
 */
const MOST_PREPARED = 200;
const prepared = new Map<string, string>();

/** @returns the name to prepare a statement under, empty for none: orders by labels and predictions are as many as surveys, versions and classes */
function statementName(sql: string, { filter, order }: PageRequest): string {
  if (Object.keys(filter).length > 0 || order.surveyLabel || order.predictedLabel || order.predictedClass) return "";
  const known = prepared.get(sql);
  if (known !== undefined || prepared.size >= MOST_PREPARED) return known ?? "";
  const name = `star-page-${prepared.size}`;
  prepared.set(sql, name);
  return name;
}

/** A statement under construction: its text's pieces refer to parameters by place. */
class Statement {
  readonly parameters: Parameter[] = [];
  readonly bind = (value: Parameter) => `$${this.parameters.push(value)}`;
}

/** Stars that have the order's value (`valued`) or those that have none: each half is one walk along one index. */
async function rowsOf(
  queries: Queries,
  request: PageRequest,
  surveys: FilteredSurveys,
  columns: StarColumnSet,
  valued: boolean,
): Promise<Row[]> {
  const { release, filter, order, after, first } = request;
  const statement = new Statement();
  const { bind } = statement;
  const walk = walkOf(order, release, valued);
  const conditions = [`s.release = ${bind(release)}`, filterSql(filter, bind, surveys), ...walk.conditions];
  if (after) conditions.push(beyondSql(walk, order, after, bind));
  const sorted = [...(walk.value ? [walk.value] : []), walk.sourceId].map((name) => `${name} ${order.direction}`).join(", ");
  const sql = `SELECT ${walk.value ?? "NULL"}, ${starColumnsSql(columns.columns)}
     FROM ${walk.from} WHERE ${conditions.join(" AND ")} ORDER BY ${sorted} LIMIT ${bind(first + 1)}`;
  return queries.prepared<Row>(statementName(sql, request), sql, statement.parameters);
}

const NO_COLUMNS = STAR_COLUMN_SETS.of([]);

/**
 * One page of stars by key, so that a page far down costs what the first one does and a star inserted meanwhile
 * neither repeats nor hides another.
 *
 * @param columns to read of each star besides its key
 * @throws AppError BAD_INPUT if the filter cannot be meant, NOT_FOUND if it names an unknown survey
 */
export async function starPage(queries: Queries, request: PageRequest, columns = NO_COLUMNS): Promise<StarPage> {
  const { release, first } = request;
  const surveys = await filteredSurveys(queries, request.filter, release);
  const nullable = hasUnvalued(request.order);
  const pastMeasured = nullable && request.after?.value === null;
  const rows = pastMeasured ? [] : await rowsOf(queries, request, surveys, columns, true);
  if (nullable && rows.length <= first) {
    const after = pastMeasured ? request.after : null;
    rows.push(...(await rowsOf(queries, { ...request, after, first: first - rows.length }, surveys, columns, false)));
  }
  const shown = rows.slice(0, first);
  return {
    keys: shown.map(([value, sourceId]) => ({ value, sourceId })),
    stars: shown.map(([_value, ...row]) => toStarPart(release, columns.columns, row)),
    hasNext: rows.length > first,
  };
}
