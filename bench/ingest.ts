import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { loadConfig, PACKAGE_ROOT } from "../src/config";
import { migrate } from "../src/database/migrate";
import { openPostgresql } from "../src/database/postgresql";
import { median } from "../src/science/statistics";
import { FILE_COLUMNS, writeGaiaLike } from "./ingest-rows";
import { type BenchServer, benchServer } from "./postgresql-server";

/**
 * `asterism ingest gaia` against `psql \copy` of the same rows into the same partitioned, indexed table of an empty
 * database, in turns. Prints the ratio of their speeds: 1 is as fast as psql. `--shuffled` orders the rows at
 * random instead of by source_id.
 */
const { values: options } = parseArgs({
  options: {
    rows: { type: "string", default: "500000" },
    rounds: { type: "string", default: "3" },
    shuffled: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const rows = Number(options.rows);
const rounds = Number(options.rounds);

/** A new, migrated database on the server, for one timing. */
async function freshDatabase(server: BenchServer, name: string): Promise<string> {
  const url = new URL(server.url);
  const admin = await openPostgresql(server.url, loadConfig());
  await admin.script(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await admin.script(`CREATE DATABASE ${name}`);
  url.pathname = `/${name}`;
  const own = await openPostgresql(url.href, loadConfig());
  await migrate(own);
  // psql's rows carry no release: the column's default stands in.
  await own.script("ALTER TABLE star ALTER release SET DEFAULT 3");
  await own.close();
  await admin.script("CHECKPOINT");
  await admin.close();
  return url.href;
}

function seconds(work: () => void): number {
  const started = performance.now();
  work();
  return (performance.now() - started) / 1000;
}

function timePsql(server: BenchServer, url: string, file: string): number {
  const copy = `\\copy star (${FILE_COLUMNS.join(", ")}) FROM '${file}' WITH (FORMAT csv, HEADER)`;
  return seconds(() => execFileSync(server.psql, ["-q", "-v", "ON_ERROR_STOP=1", "-c", copy, url]));
}

function timeAsterism(url: string, file: string, folder: string): number {
  const program = path.join(PACKAGE_ROOT, "dist/src/cli/main.js");
  const env = { ...process.env, DATABASE_URL: url, ASTERISM_DATA_DIR: folder };
  return seconds(() =>
    execFileSync(process.execPath, [program, "ingest", "gaia", file, "--json"], { env, stdio: ["ignore", "pipe", "inherit"] }),
  );
}

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "asterism-bench-ingest-"));
  const server = await benchServer();
  try {
    const file = path.join(folder, "gaia.csv");
    const bytes = await writeGaiaLike(file, rows, options.shuffled);
    const psql: number[] = [];
    const asterism: number[] = [];
    for (let round = 0; round < rounds; round++) {
      psql.push(timePsql(server, await freshDatabase(server, "asterism_bench_psql"), file));
      asterism.push(timeAsterism(await freshDatabase(server, "asterism_bench_ingest"), file, folder));
      if (!options.json) console.log(`round ${round + 1}: psql ${psql.at(-1)!.toFixed(2)} s, asterism ${asterism.at(-1)!.toFixed(2)} s`);
    }
    const ratio = median(psql) / median(asterism);
    const result = {
      rows,
      shuffled: options.shuffled,
      columns: FILE_COLUMNS.length,
      bytes,
      psqlSeconds: psql,
      asterismSeconds: asterism,
      ratio,
    };
    if (options.json) console.log(JSON.stringify(result, null, 2));
    else
      console.log(
        `${rows} rows of ${FILE_COLUMNS.length} columns: psql ${Math.round(rows / median(psql))} rows/s, asterism ${Math.round(rows / median(asterism))} rows/s; ratio ${ratio.toFixed(2)} (median of ${rounds})`,
      );
  } finally {
    server.stop();
    rmSync(folder, { recursive: true });
  }
}

void main();
