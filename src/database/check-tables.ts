import type { Database } from "./database";

/** [byte] of PostgreSQL's pages */
const PAGE = 8192;

interface Relation {
  readonly name: string;
  readonly kind: string;
  /** [pages] at the last ANALYZE or VACUUM */
  readonly pages: number;
  /** [byte] of its file now */
  readonly bytes: bigint;
}

const RELATIONS = `SELECT c.relname AS name, c.relkind AS kind, c.relpages AS pages, pg_relation_size(c.oid) AS bytes
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'i') ORDER BY c.relkind DESC, c.relname`;

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** Reads a table through its rows and, if it has one, its primary key. @returns what went wrong, or null */
async function faultOf(database: Database, { name, kind, pages, bytes }: Relation): Promise<string | null> {
  const what = `${kind === "r" ? "table" : "index"} ${name}`;
  if (Number(bytes) < pages * PAGE) return `${what} has ${bytes} bytes, and had ${pages * PAGE}: its file was cut`;
  if (kind !== "r") return null;
  try {
    await database.query(`SELECT count(t.*) FROM ${quoted(name)} t`);
    return null;
  } catch (error) {
    return `${what} cannot be read: ${(error as Error).message}`;
  }
}

/** What is known of a database's tables after all their rows have been read. */
export interface TablesReport {
  readonly tables: number;
  readonly faults: readonly string[];
}

/** Reads every row of every table, and compares the sizes of files with those that the catalogue of tables remembers. */
export async function checkTables(database: Database): Promise<TablesReport> {
  const relations = await database.query<Relation>(RELATIONS);
  const faults: string[] = [];
  for (const relation of relations) {
    const fault = await faultOf(database, relation);
    if (fault !== null) faults.push(fault);
  }
  return { tables: relations.filter(({ kind }) => kind === "r").length, faults };
}
