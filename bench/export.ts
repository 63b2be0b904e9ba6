import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { EXPORT_TABLES } from "../src/catalogue/export/tables";
import { GAIA_COLUMNS } from "../src/catalogue/ingest/star-columns";
import { loadConfig, PACKAGE_ROOT } from "../src/config";
import { migrate } from "../src/database/migrate";
import { openPostgresql } from "../src/database/postgresql";
import { TABLE_FORMAT_NAMES, type TableFormatName } from "../src/formats/table-formats";
import { median } from "../src/science/statistics";
import { type BenchServer, benchServer } from "./postgresql-server";

/**
 * `GET /export/stars` against `psql` writing the same query with COPY TO STDOUT, in turns on the same database server; then
 * the serving process's processor time and peak memory for every format. Prints the ratio of the speeds (1: as fast as psql)
 * and exits with 1 below TARGET.
 */
const { values: options } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "3" },
    json: { type: "boolean", default: false },
  },
});
const rows = Number(options.rows);
const rounds = Number(options.rounds);
const TARGET = 0.7;

/** Stars with every column of a Gaia source measured, so that no row is cheaper than in a real table. */
async function fill(url: string): Promise<void> {
  const database = await openPostgresql(url, loadConfig());
  await migrate(database);
  const numeric = Object.entries(GAIA_COLUMNS).filter(([, { type }]) => type === "real" || type === "double precision");
  const values = numeric.map(([name]) => (name === "ra" ? "360 * random()" : name === "dec" ? "90 * random()" : "20 * random()"));
  await database.script(
    `INSERT INTO star (release, source_id, ${numeric.map(([name]) => name)}) SELECT 3, 4611686018427387904 + 7919::int8 * n, ${values} FROM generate_series(1, ${rows}) n`,
  );
  await database.script("VACUUM ANALYZE star");
  await database.close();
}

async function seconds(work: () => Promise<void> | void): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

function psqlCopy(server: BenchServer, url: string): void {
  const columns = EXPORT_TABLES.stars.columns.map(({ sql }) => sql);
  const copy = `COPY (SELECT ${columns} FROM star s WHERE release = 3 ORDER BY source_id) TO STDOUT (FORMAT csv, HEADER)`;
  execFileSync(server.psql, ["-q", "-v", "ON_ERROR_STOP=1", "-c", copy, url], { stdio: ["ignore", "ignore", "inherit"] });
}

/** A client as cheap as psql. Node's fetch takes almost as much processor time as the server, of the same processors. */
function curl(url: string): void {
  execFileSync("curl", ["--silent", "--show-error", "--fail", "--output", "/dev/null", url], { stdio: ["ignore", "ignore", "inherit"] });
}

/** Reads a complete download and discards it. @returns its size [byte] */
async function download(url: string): Promise<number> {
  const response = await fetch(url, { headers: { "accept-encoding": "identity" } });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  let bytes = 0;
  for await (const part of response.body!) bytes += part.length;
  return bytes;
}

/** A separate serving process, so that only its memory is measured. */
async function startServing(url: string) {
  const child = spawn(process.execPath, [path.join(PACKAGE_ROOT, "dist/src/cli/main.js"), "serve", "--port", "0"], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [welcome] = (await once(child.stdout, "data")) as [Buffer];
  const address = /http:\/\/[\d.]+:\d+/.exec(welcome.toString())![0];
  const status = `/proc/${child.pid}`;
  return {
    address,
    /** [MB] Linux's VmHWM, reset by each call */
    peakMemory() {
      const peak = Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`${status}/status`, "utf8"))![1]) / 1024;
      writeFileSync(`${status}/clear_refs`, "5");
      return Math.round(peak);
    },
    /** [s] processor time since its start, from Linux's ticks of 10 ms in the fields after the program's name */
    processorTime() {
      const fields = readFileSync(`${status}/stat`, "utf8").split(") ")[1]!.split(" ");
      return (Number(fields[11]) + Number(fields[12])) / 100;
    },
    async stop() {
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

async function measure(server: BenchServer, url: string) {
  await fill(url);
  const serving = await startServing(url);
  try {
    const psql: number[] = [];
    const asterism: number[] = [];
    for (let round = 0; round < rounds; round++) {
      psql.push(await seconds(() => psqlCopy(server, url)));
      asterism.push(await seconds(() => curl(`${serving.address}/export/stars`)));
    }
    const formats: Partial<Record<TableFormatName, object>> = {};
    for (const format of TABLE_FORMAT_NAMES) {
      serving.peakMemory();
      const before = serving.processorTime();
      let bytes = 0;
      const elapsed = await seconds(async () => {
        bytes = await download(`${serving.address}/export/stars?format=${format}`);
      });
      formats[format] = {
        rowsPerSecond: Math.round(rows / elapsed),
        rowsPerProcessorSecond: Math.round(rows / (serving.processorTime() - before)),
        megabytes: Math.round(bytes / 1e6),
        peakMemoryMB: serving.peakMemory(),
      };
    }
    return { rows, psqlSeconds: psql, asterismSeconds: asterism, ratio: median(psql) / median(asterism), formats };
  } finally {
    await serving.stop();
  }
}

async function main(): Promise<void> {
  const server = await benchServer();
  const name = "asterism_bench_export";
  const admin = await openPostgresql(server.url, loadConfig());
  try {
    await admin.script(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await admin.script(`CREATE DATABASE ${name}`);
    const result = await measure(server, new URL(`/${name}`, server.url).href);
    await admin.script(`DROP DATABASE ${name} WITH (FORCE)`);
    if (options.json) console.log(JSON.stringify(result, null, 2));
    else {
      console.table(result.formats);
      console.log(`${rows} stars as CSV: ratio to psql ${result.ratio.toFixed(2)} (median of ${rounds}; target ${TARGET})`);
    }
    if (result.ratio < TARGET) process.exitCode = 1;
  } finally {
    await admin.close();
    server.stop();
  }
}

void main();
