import path from "node:path";
import { exportToFile } from "../../src/catalogue/export/export-file";
import type { ExportRequest } from "../../src/catalogue/export/export-request";
import { EXPORT_NAMES, type ExportName } from "../../src/catalogue/export/tables";
import type { Database } from "../../src/database/database";
import type { TableFormatName } from "../../src/formats/table-formats";
import { openTestDatabase } from "../support/database";
import { BRIGHT_STAR, insertNamedStars } from "../support/named-stars";
import { temporaryFolder } from "../support/table-files";
import { DUCKDB_PYTHON, runBeside, testWithDuckdb, testWithStilts } from "../support/vo-clients";

const folder = temporaryFolder();
let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  await insertNamedStars(database);
});
afterAll(() => database.close());

async function exported(what: ExportName, format: TableFormatName): Promise<string> {
  const request: ExportRequest = { what, release: 3, filter: {}, after: null, catalogue: null, version: null };
  const file = path.join(folder.path, `${what}.${format}`);
  await exportToFile(database, request, format, file);
  return file;
}

const TABLES = EXPORT_NAMES.filter((what) => what !== "predictions" && what !== "predicted-stars");

testWithStilts.each(TABLES)(
  "stilts votlint finds no fault with the VOTable of %s",
  async (what) => {
    const { status, output } = await runBeside("stilts", ["votlint", `votable=${await exported(what, "votable")}`]);
    expect({ status, output }).toEqual({ status: 0, output: "" });
  },
  60_000,
);

const READ = `
import sys, duckdb, pyarrow.ipc
parquet, arrow = sys.argv[1:3]
streamed = pyarrow.ipc.open_stream(arrow).read_all()
for source in (f"'{parquet}'", "streamed"):
    count, least, brightest = duckdb.sql(f"SELECT count(*), min(parallax), arg_min(source_id, phot_g_mean_mag) FROM {source}").fetchall()[0]
    types = dict(duckdb.sql(f"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {source})").fetchall())
    print(count, least, brightest, types["source_id"], types["parallax"], types["phot_g_mean_mag"], types["synthetic"])
`;

testWithDuckdb(
  "DuckDB reads Parquet and Arrow, every digit and every type",
  async () => {
    const files = [await exported("stars", "parquet"), await exported("stars", "arrow")];
    const { status, output } = await runBeside(DUCKDB_PYTHON!, ["-c", READ, ...files]);
    const line = `5 -0.2 ${BRIGHT_STAR} BIGINT DOUBLE FLOAT BOOLEAN\n`;
    expect({ status, output }).toEqual({ status: 0, output: line + line });
  },
  60_000,
);
