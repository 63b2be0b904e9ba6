import type { Parameter, Queries } from "../database/database";
import { catalogueNamed } from "./catalogue";
import type { Release } from "./release";
import { STAR_COLUMNS } from "./star";
import { filterSql, filtersWithin, type StarFilter } from "./star-filter";

/** What pages may be ordered by: each has an index on (release, it, source_id). */
export const ORDER_COLUMNS = ["sourceId", "photGMeanMag", "bpRp", "parallax"] as const;

export interface StarOrder {
  readonly by: (typeof ORDER_COLUMNS)[number];
  readonly direction: "ASC" | "DESC";
}

/** Where a star stands in an order: stars of equal value follow by source_id, those without a value come last. */
export interface StarKey {
  readonly value: number | null;
  readonly sourceId: bigint;
}

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
  readonly hasNext: boolean;
}

type KeyRow = { value: number | null; sourceId: bigint };

/** A statement under construction: its text's pieces refer to parameters by place. */
class Statement {
  readonly parameters: Parameter[] = [];
  readonly bind = (value: Parameter) => `$${this.parameters.push(value)}`;
}

/** @returns the id of every survey that a filter names, by name; throws AppError NOT_FOUND for one that is not there */
export async function surveyIdsOf(queries: Queries, filter: StarFilter): Promise<Map<string, number>> {
  const names = new Set(filtersWithin(filter).flatMap((one) => one.surveyLabel?.survey ?? []));
  const found = await Promise.all([...names].map((name) => catalogueNamed(queries, name)));
  return new Map(found.map((catalogue) => [catalogue.name, catalogue.id]));
}

/** Keys of stars that have a value (`measured`) or of those that have none: each half is one walk along one index. */
async function keysOf(queries: Queries, request: PageRequest, surveyIds: Map<string, number>, measured: boolean): Promise<KeyRow[]> {
  const { release, filter, order, after, first } = request;
  const statement = new Statement();
  const { bind } = statement;
  const beyond = order.direction === "ASC" ? ">" : "<";
  const column = order.by === "sourceId" ? null : STAR_COLUMNS[order.by];
  const conditions = [`s.release = ${bind(release)}`, filterSql(filter, bind, surveyIds)];
  if (column) conditions.push(`s.${column.sql} IS ${measured ? "NOT NULL" : "NULL"}`);
  if (after && column && measured) {
    conditions.push(`(s.${column.sql}, s.source_id) ${beyond} (${bind(after.value)}::${column.type}, ${bind(after.sourceId)}::int8)`);
  } else if (after && (after.value === null || !column)) {
    conditions.push(`s.source_id ${beyond} ${bind(after.sourceId)}::int8`);
  }
  const sorted = [...(column ? [`s.${column.sql}`] : []), "s.source_id"].map((name) => `${name} ${order.direction}`).join(", ");
  return queries.query<KeyRow>(
    `SELECT ${column ? `s.${column.sql}` : "NULL"} AS value, s.source_id AS "sourceId"
     FROM star s WHERE ${conditions.join(" AND ")} ORDER BY ${sorted} LIMIT ${bind(first + 1)}`,
    statement.parameters,
  );
}

/**
 * One page of stars by key, so that a page far down costs what the first one does and a star inserted meanwhile
 * neither repeats nor hides another. The keys come from indexes alone where the filter allows.
 *
 * @throws AppError BAD_INPUT where the filter cannot be meant, NOT_FOUND where it names an unknown survey
 */
export async function starPage(queries: Queries, request: PageRequest): Promise<StarPage> {
  const surveyIds = await surveyIdsOf(queries, request.filter);
  const nullable = request.order.by !== "sourceId";
  const pastMeasured = nullable && request.after?.value === null;
  const keys = pastMeasured ? [] : await keysOf(queries, request, surveyIds, true);
  if (nullable && keys.length <= request.first) {
    const after = pastMeasured ? request.after : null;
    const first = request.first - keys.length;
    keys.push(...(await keysOf(queries, { ...request, after, first }, surveyIds, false)));
  }
  return { keys: keys.slice(0, request.first), hasNext: keys.length > request.first };
}
