import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { PACKAGE_ROOT } from "../src/config";
import { median } from "../src/science/statistics";
import { freshDatabase } from "./fresh-database";
import { benchLightCurves } from "./ingest-light-curves";
import { FILE_COLUMNS, writeGaiaLike } from "./ingest-rows";
import { type BenchServer, benchServer } from "./postgresql-server";

/**
 * `asterism ingest gaia` against `psql \copy` of the same rows into the same partitioned, indexed table of an empty
 * database, in turns. Prints the ratio of the speeds (1: as fast as psql). `--shuffled` orders the rows randomly instead of by
 * source_id. Then light curves: `--rows 0` skips the stars, `--curves 0` the light curves.
 */
const { values: options } = parseArgs({
  options: {
    rows: { type: "string", default: "500000" },
    rounds: { type: "string", default: "3" },
    curves: { type: "string", default: "90000" },
    shuffled: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const rows = Number(options.rows);
const rounds = Number(options.rounds);

// The file has no release column; psql uses the column's default.
const WITH_DEFAULT_RELEASE = "ALTER TABLE star ALTER release SET DEFAULT 3";

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

/** Ingests stars by `asterism ingest` and `psql` in turns. */
async function benchStars(server: BenchServer, folder: string): Promise<object> {
  const file = path.join(folder, "gaia.csv");
  const bytes = await writeGaiaLike(file, rows, options.shuffled);
  const psql: number[] = [];
  const asterism: number[] = [];
  for (let round = 0; round < rounds; round++) {
    psql.push(timePsql(server, await freshDatabase(server, "asterism_bench_psql", WITH_DEFAULT_RELEASE), file));
    asterism.push(timeAsterism(await freshDatabase(server, "asterism_bench_ingest", WITH_DEFAULT_RELEASE), file, folder));
    if (!options.json) console.log(`round ${round + 1}: psql ${psql.at(-1)!.toFixed(2)} s, asterism ${asterism.at(-1)!.toFixed(2)} s`);
  }
  const ratio = median(psql) / median(asterism);
  if (!options.json)
    console.log(
      `${rows} rows of ${FILE_COLUMNS.length} columns: psql ${Math.round(rows / median(psql))} rows/s, asterism ${Math.round(rows / median(asterism))} rows/s; ratio ${ratio.toFixed(2)} (median of ${rounds})`,
    );
  return { rows, shuffled: options.shuffled, columns: FILE_COLUMNS.length, bytes, psqlSeconds: psql, asterismSeconds: asterism, ratio };
}

/** Ingests light curves; sets the exit status to 1 below the target. */
async function benchCurves(server: BenchServer, folder: string): Promise<object> {
  const { results, reached } = await benchLightCurves(server, folder, Number(options.curves), rounds);
  if (!options.json)
    for (const { form, curvesPerSecond, curves, bytes } of results)
      console.log(`${form}: ${curvesPerSecond} light curves/s (${curves} in ${Math.round(bytes / 1e6)} MB, median of ${rounds})`);
  if (!reached) process.exitCode = 1;
  return { lightCurves: results };
}

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "asterism-bench-ingest-"));
  const server = await benchServer();
  try {
    const stars = rows > 0 ? await benchStars(server, folder) : {};
    const curves = Number(options.curves) > 0 ? await benchCurves(server, folder) : {};
    if (options.json) console.log(JSON.stringify({ ...stars, ...curves }, null, 2));
  } finally {
    server.stop();
    rmSync(folder, { recursive: true });
  }
}

void main();
