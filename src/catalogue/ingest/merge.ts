import type { Queries } from "../../database/database";
import { STAGING } from "./staging";

/** A table to merge staged rows into. */
export interface MergeTarget {
  readonly table: string;
  /** The first part of its primary key, the same for all rows of a file: `{ release: 3 }`. Whole numbers of ours. */
  readonly scope: Readonly<Record<string, number>>;
  /** The rest of its primary key; staged under the same names. */
  readonly keys: readonly string[];
  /** Other columns, with the expression over the staged row `s` that gives each. */
  readonly values: Readonly<Record<string, string>>;
  /** Which staged rows belong into the table; all by default. */
  readonly where?: string;
  /** Which staged rows count as changed although the values are the table's. */
  readonly changed?: string | null;
  /** True: rows that the table lacks are left out. */
  readonly updateOnly?: boolean;
}

async function count(queries: Queries, statement: string): Promise<number> {
  const [row] = await queries.query<{ n: bigint }>(`WITH moved AS (${statement} RETURNING 1) SELECT count(*) AS n FROM moved`);
  return Number(row?.n ?? 0);
}

/** SQL of one target, made of our own names only. */
function statements({ table, scope, keys, values, where = "true", changed }: MergeTarget) {
  const names = Object.keys(values);
  const expressions = Object.values(values);
  // Where only `changed` can tell, the row is written as it is.
  const written = names.length > 0 ? names.map((name, index) => `${name} = ${expressions[index]}`) : keys.map((key) => `${key} = s.${key}`);
  const differs = names.length > 0 ? [`(${names.map((name) => `t.${name}`).join(", ")}) IS DISTINCT FROM (${expressions.join(", ")})`] : [];
  const inScope = Object.entries(scope).map(([name, value]) => `t.${name} = ${value}`);
  const sameRow = [...inScope, ...keys.map((key) => `t.${key} = s.${key}`)].join(" AND ");
  const staged = `${STAGING} s`;
  return {
    anyThere: `SELECT EXISTS (SELECT FROM ${table} t, (SELECT min(${keys[0]}) AS low, max(${keys[0]}) AS high FROM ${STAGING}) s
      WHERE ${[...inScope, `t.${keys[0]} BETWEEN s.low AND s.high`].join(" AND ")}) AS there`,
    update: `UPDATE ${table} t SET ${written.join(", ")} FROM ${staged}
      WHERE ${sameRow} AND (${where}) AND (${[...differs, ...(changed ? [changed] : [])].join(" OR ")})`,
    insert: (antiJoin: boolean) => `INSERT INTO ${table} (${[...Object.keys(scope), ...keys, ...names].join(", ")})
      SELECT ${[...Object.values(scope), ...keys.map((key) => `s.${key}`), ...expressions].join(", ")} FROM ${staged}
      WHERE (${where}) ${antiJoin ? `AND NOT EXISTS (SELECT FROM ${table} t WHERE ${sameRow})` : ""}
      ORDER BY ${keys.map((key) => `s.${key}`).join(", ")}`,
  };
}

/**
 * Locks the rows of a table and scope against other runs until the transaction ends: merges exclude all others, runs
 * that only add rows share it.
 */
export async function lockScope(
  queries: Queries,
  { table, scope }: Pick<MergeTarget, "table" | "scope">,
  mode: "exclusive" | "shared",
): Promise<void> {
  const lock = mode === "shared" ? "pg_advisory_xact_lock_shared" : "pg_advisory_xact_lock";
  await queries.query(`SELECT ${lock}(hashtextextended($1, 0))`, [`${table} ${JSON.stringify(scope)}`]);
}

/**
 * Updates the rows of the target that the staged ones change and inserts those it lacks. Rows that say the same are
 * not touched, so that running a file again writes nothing. Writers of one table and scope wait for each other until
 * the transaction ends.
 */
export async function mergeInto(queries: Queries, target: MergeTarget): Promise<{ inserted: number; updated: number }> {
  await lockScope(queries, target, "exclusive");
  const sql = statements(target);
  const [found] = await queries.query<{ there: boolean }>(sql.anyThere);
  const there = found?.there ?? false;
  const updates = Object.keys(target.values).length > 0 || target.changed;
  const updated = there && updates ? await count(queries, sql.update) : 0;
  const inserted = target.updateOnly ? 0 : await count(queries, sql.insert(there));
  return { inserted, updated };
}
