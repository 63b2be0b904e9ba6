import { execFileSync } from "node:child_process";
import path from "node:path";
import { PACKAGE_ROOT } from "../src/config";
import { median } from "../src/science/statistics";
import { freshDatabase } from "./fresh-database";
import { writeEpochPhotometry, writeFolded } from "./light-curve-files";
import type { BenchServer } from "./postgresql-server";

const TARGET = 10_000;

export interface Measured {
  readonly form: string;
  readonly curves: number;
  readonly bytes: number;
  readonly seconds: readonly number[];
  readonly curvesPerSecond: number;
}

async function timeOf(server: BenchServer, file: string, mapping: readonly string[], folder: string): Promise<number> {
  const program = path.join(PACKAGE_ROOT, "dist/src/cli/main.js");
  const env = { ...process.env, DATABASE_URL: await freshDatabase(server, "asterism_bench_curves"), ASTERISM_DATA_DIR: folder };
  const started = performance.now();
  execFileSync(process.execPath, [program, "ingest", "light-curves", file, ...mapping, "--json"], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  return (performance.now() - started) / 1000;
}

/**
 * Light curves per second that `asterism ingest light-curves` loads into an empty PostgreSQL database: the archive's epoch
 * photometry (arrays, three light curves per row) and a phase-folded set (one row per point). Includes the start of the process.
 *
 * @param wanted light curves in each file
 * @returns whether both reached the target
 */
export async function benchLightCurves(
  server: BenchServer,
  folder: string,
  wanted: number,
  rounds: number,
): Promise<{ readonly results: readonly Measured[]; readonly reached: boolean }> {
  const forms = [
    { form: "epoch photometry, arrays", write: (file: string) => writeEpochPhotometry(file, Math.ceil(wanted / 3)), mapping: [] },
    { form: "phase-folded, a row a point", write: (file: string) => writeFolded(file, wanted), mapping: ["--mapping", "rr-lyrae-gaia-g"] },
  ];
  const results: Measured[] = [];
  for (const { form, write, mapping } of forms) {
    const file = path.join(folder, "curves.csv");
    const written = await write(file);
    const seconds: number[] = [];
    for (let round = 0; round < rounds; round++) seconds.push(await timeOf(server, file, mapping, folder));
    results.push({ form, ...written, seconds, curvesPerSecond: Math.round(written.curves / median(seconds)) });
  }
  return { results, reached: results.every(({ curvesPerSecond }) => curvesPerSecond >= TARGET) };
}
