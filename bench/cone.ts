import { performance } from "node:perf_hooks";
import { searchRegion } from "../src/catalogue/region/region-search";
import { loadConfig } from "../src/config";
import type { Database } from "../src/database/database";
import { migrate } from "../src/database/migrate";
import { openPostgresql } from "../src/database/postgresql";
import { Random } from "../src/science/random";
import { cone } from "../src/science/sky/sky-region";
import { median } from "../src/science/statistics";
import { CENTRE, fillSky } from "./cone-sky";
import { type BenchServer, benchServer } from "./postgresql-server";

/**
 * Cone search against q3c (Koposov & Bartunov 2006, ADASS XV, 735) on the same table, by radius: the nearest hundred stars
 * of a cone in order of distance, and all of them. Both run in turns around the same centres, so that other load on the
 * machine affects both. Exits with 1 if q3c returns a page faster at any radius up to 2 degrees.
 */

const PAGE = 100;
const RADII_ARCSEC = [5, 60, 600, 3600, 7200, 18_000];
const MUST_WIN_TO_ARCSEC = 7200;
const EVERYTHING = 1_000_000;
/** Fewer rounds for large cones, which spend their time on reading stars and vary little. */
const turnsFor = (radiusArcsec: number, first: number) => (first === PAGE || radiusArcsec <= 600 ? 101 : 11);

const SEARCH_Q3C = `SELECT source_id, ra, dec, q3c_dist(ra, dec, $1, $2) AS distance FROM star
  WHERE release = 3 AND q3c_radial_query(ra, dec, $1, $2, $3) ORDER BY distance, source_id LIMIT $4`;

interface Figure {
  readonly radiusArcsec: number;
  /** requested: the nearest PAGE, or EVERYTHING */
  readonly first: number;
  /** returned by the median cone */
  readonly stars: number;
  /** [ms] medians; null if q3c is not installed */
  readonly asterismMs: number;
  readonly q3cMs: number | null;
}

type Ids = readonly bigint[];

/** @returns the time [ms] and the ids */
async function timed(search: () => Promise<Ids>): Promise<{ ms: number; ids: Ids }> {
  const started = performance.now();
  const ids = await search();
  return { ms: performance.now() - started, ids };
}

interface Cone {
  readonly ra: number;
  readonly dec: number;
  readonly radiusArcsec: number;
  readonly first: number;
}

async function askAsterism(database: Database, { ra, dec, radiusArcsec, first }: Cone): Promise<Ids> {
  const search = { release: 3, region: cone(ra, dec, radiusArcsec / 3600), filter: {}, epoch: null, after: null, first } as const;
  return (await searchRegion(database, search)).stars.map(({ sourceId }) => sourceId);
}

async function askQ3c(database: Database, { ra, dec, radiusArcsec, first }: Cone): Promise<Ids> {
  const rows = await database.query<{ source_id: bigint }>(SEARCH_Q3C, [ra, dec, radiusArcsec / 3600, first + 1]);
  return rows.slice(0, first).map((row) => row.source_id);
}

async function measure(database: Database, radiusArcsec: number, first: number, hasQ3c: boolean): Promise<Figure> {
  const random = new Random(radiusArcsec);
  const [asterism, q3c, stars]: [number[], number[], number[]] = [[], [], []];
  for (let turn = 0; turn < turnsFor(radiusArcsec, first); turn++) {
    const [ra, dec] = [(CENTRE.raDeg + random.between(-2, 2) + 360) % 360, CENTRE.decDeg + random.between(-2, 2)];
    const wanted = { ra, dec, radiusArcsec, first };
    const ours = await timed(() => askAsterism(database, wanted));
    asterism.push(ours.ms);
    stars.push(ours.ids.length);
    if (!hasQ3c) continue;
    const theirs = await timed(() => askQ3c(database, wanted));
    q3c.push(theirs.ms);
    if (ours.ids.join() !== theirs.ids.join()) throw new Error(`Around ${ra} ${dec}, ${radiusArcsec} arcsec, the answers differ.`);
  }
  return { radiusArcsec, first, stars: median(stars), asterismMs: median(asterism), q3cMs: hasQ3c ? median(q3c) : null };
}

/** @returns whether the extension exists; creates its index as its documentation recommends */
async function installQ3c(database: Database): Promise<boolean> {
  const [available] = await database.query("SELECT FROM pg_available_extensions WHERE name = 'q3c'");
  if (!available) return false;
  await database.script("CREATE EXTENSION q3c; CREATE INDEX star_q3c ON star_dr3 (q3c_ang2ipix(ra, dec))");
  return true;
}

async function openDatabase(server: BenchServer): Promise<Database> {
  const admin = await openPostgresql(server.url, loadConfig());
  await admin.script("DROP DATABASE IF EXISTS asterism_bench_cone WITH (FORCE)");
  await admin.script("CREATE DATABASE asterism_bench_cone");
  await admin.close();
  const url = new URL(server.url);
  url.pathname = "/asterism_bench_cone";
  const database = await openPostgresql(url.href, loadConfig({ poolSize: 1 }));
  await migrate(database);
  return database;
}

function print(figures: readonly Figure[]): void {
  const line = ({ radiusArcsec, first, stars, asterismMs, q3cMs }: Figure) =>
    [
      String(radiusArcsec).padStart(15),
      (first === PAGE ? "page" : "all").padStart(6),
      String(stars).padStart(9),
      asterismMs.toFixed(2).padStart(14),
      (q3cMs?.toFixed(2) ?? "-").padStart(9),
      (q3cMs ? (q3cMs / asterismMs).toFixed(2) : "-").padStart(7),
    ].join("");
  process.stdout.write(`radius [arcsec]  wanted  stars asterism [ms] q3c [ms]  ratio\n${figures.map(line).join("\n")}\n`);
  if (figures[0]?.q3cMs === null) process.stdout.write("q3c is not installed (Debian: postgresql-15-q3c): no ratios.\n");
}

async function main(): Promise<void> {
  const server = await benchServer();
  try {
    const database = await openDatabase(server);
    await fillSky(database);
    const hasQ3c = await installQ3c(database);
    await database.script("VACUUM ANALYZE star");
    await measure(database, 60, PAGE, hasQ3c); // what a first search reads from disk and compiles
    const figures: Figure[] = [];
    for (const first of [PAGE, EVERYTHING])
      for (const radiusArcsec of RADII_ARCSEC) figures.push(await measure(database, radiusArcsec, first, hasQ3c));
    await database.close();
    if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify({ page: PAGE, figures }, null, 2)}\n`);
    else print(figures);
    const lost = figures.some(
      (one) => one.first === PAGE && one.radiusArcsec <= MUST_WIN_TO_ARCSEC && one.q3cMs !== null && one.q3cMs < one.asterismMs,
    );
    if (lost) process.exitCode = 1;
  } finally {
    server.stop();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exitCode = 1;
});
