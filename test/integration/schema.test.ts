import { readFileSync } from "node:fs";
import path from "node:path";
import { PACKAGE_ROOT } from "../../src/config";
import type { Database } from "../../src/database/database";
import { openTestDatabase } from "../support/database";

const SQL_TYPES: Readonly<Record<string, string>> = {
  Int: "integer",
  BigInt: "bigint",
  Float: "double precision",
  String: "text",
  Boolean: "boolean",
  DateTime: "timestamp with time zone",
  Json: "jsonb",
  Bytes: "bytea",
};

interface DeclaredColumn {
  readonly column: string;
  readonly type: string;
  readonly comment: string;
}

/** The columns that prisma/schema.prisma declares, as `table.column`, with the SQL type each should have. */
function declaredColumns(schema: string): DeclaredColumn[] {
  const columns: DeclaredColumn[] = [];
  for (const [, body = ""] of schema.matchAll(/^model \w+ \{$(.*?)^\}$/gms)) {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1];
    for (const [, field, type = "", list = "", optional, attributes = "", comment = ""] of body.matchAll(
      /^ {2}(\w+) +(\w+)(\[\])?(\?)? *(.*?)(?:\/\/\/(.*))?$/gm,
    )) {
      const sqlType = attributes.includes("@db.Real") ? "real" : attributes.includes("@db.SmallInt") ? "smallint" : SQL_TYPES[type];
      if (sqlType === undefined) continue; // a relation
      const column = /@map\("(\w+)"\)/.exec(attributes)?.[1] ?? field;
      columns.push({ column: `${table}.${column}`, type: `${sqlType}${list}${optional ? "" : " NOT NULL"}`, comment });
    }
  }
  return columns;
}

const declared = declaredColumns(readFileSync(path.join(PACKAGE_ROOT, "prisma/schema.prisma"), "utf8"));
let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test("the migrations make exactly the columns that schema.prisma declares", async () => {
  const made = await database.query<{ column: string; type: string }>(
    // pgvector's vectors are arrays of reals where the extension is absent, and are declared as such.
    `SELECT c.relname || '.' || a.attname AS column, replace(format_type(a.atttypid, NULL), 'vector', 'real[]') || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END AS type
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND c.relname <> '_prisma_migrations' AND a.attnum > 0 AND NOT a.attisdropped`,
  );
  const sorted = (columns: readonly { column: string; type: string }[]) => columns.map(({ column, type }) => `${column} ${type}`).sort();
  expect(sorted(made)).toEqual(sorted(declared));
});

test("every column says its unit", () => {
  expect(declared.filter(({ comment }) => !/^ \[[^\]]+\]/.test(comment)).map(({ column }) => column)).toEqual([]);
});
