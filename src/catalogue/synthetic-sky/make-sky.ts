import { createHash, type Hash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { Database, Queries } from "../../database/database";
import { AppError } from "../../errors";
import { MAX_STARS, SKY_VERSION, syntheticStar } from "../../science/synthetic-sky/synthetic-star";
import { createCatalogues } from "./catalogues";
import { currentSky, lockSky } from "./current-sky";
import { appendObjects, CROSSMATCH_COLUMNS, type ObjectLines, PHOTOMETRY_COLUMNS, SURVEY_LABEL_COLUMNS } from "./object-lines";
import { deleteSky } from "./remove-sky";
import { STAR_LINE_COLUMNS, starLine } from "./star-line";

/** Stars a chunk: some 4 MB of COPY text, so that memory stays flat and progress moves. */
const CHUNK_STARS = 5_000;

export interface SkyOptions {
  /** 1 to 2^25 */
  readonly stars: number;
  /** 0 to 2^32 - 1 */
  readonly seed: number;
  /** take away a synthetic sky of another size or seed first */
  readonly replace?: boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface SkyReport {
  readonly sky: string;
  readonly stars: number;
  readonly seed: number;
  /** false: this very sky was there already */
  readonly made: boolean;
  /** stars of the sky that it replaced */
  readonly removed: number;
  /** of the rows' text; null if the sky was there already */
  readonly sha256: string | null;
}

type Lines = ObjectLines & { star: string };
type CatalogueIds = ReadonlyMap<string, number>;

/** Stars made before other work, as sending the chunk before, gets its turn: about 3 ms. */
const SLICE_STARS = 100;

async function chunkLines({ stars, seed }: SkyOptions, from: number, catalogueIds: CatalogueIds): Promise<Lines> {
  const lines: Lines = { star: "", photometry: "", crossmatch: "", surveyLabel: "" };
  for (let index = from; index < Math.min(stars, from + CHUNK_STARS); index++) {
    if (index % SLICE_STARS === 0) await setImmediate();
    const star = syntheticStar(seed, index);
    lines.star += starLine(star);
    appendObjects(lines, star, catalogueIds);
  }
  return lines;
}

async function copyLines(queries: Queries, target: string, text: string, hash: Hash): Promise<void> {
  const bytes = Buffer.from(text);
  hash.update(bytes);
  await queries.copyIn(target, [bytes]);
}

async function copyChunk(queries: Queries, lines: Lines, hash: Hash): Promise<void> {
  await copyLines(queries, `star (${STAR_LINE_COLUMNS})`, lines.star, hash);
  await copyLines(queries, `photometry (${PHOTOMETRY_COLUMNS})`, lines.photometry, hash);
  await copyLines(queries, `crossmatch (${CROSSMATCH_COLUMNS})`, lines.crossmatch, hash);
  await copyLines(queries, `survey_label (${SURVEY_LABEL_COLUMNS})`, lines.surveyLabel, hash);
}

/** Makes a chunk while the one before is on its way to the database. @returns the sha256 of all the rows' text */
async function copySky(queries: Queries, options: SkyOptions): Promise<string> {
  const { stars, onProgress } = options;
  const catalogueIds = await createCatalogues(queries);
  const hash = createHash("sha256");
  let lines = await chunkLines(options, 0, catalogueIds);
  for (let from = 0; from < stars; from += CHUNK_STARS) {
    onProgress?.(from, stars);
    const next = chunkLines(options, from + CHUNK_STARS, catalogueIds);
    await copyChunk(queries, lines, hash);
    lines = await next;
  }
  onProgress?.(stars, stars);
  return hash.digest("hex");
}

/** @returns false where this very sky is there already */
async function clearTheWay(queries: Queries, sky: string, replace: boolean): Promise<{ make: boolean; removed: number }> {
  const existing = await currentSky(queries);
  if (existing === sky) return { make: false, removed: 0 };
  if (existing === null) return { make: true, removed: 0 };
  if (!replace) throw new AppError("CONFLICT", `The database holds another one: ${existing}. Add --replace to put ${sky} in its place.`);
  return { make: true, removed: (await deleteSky(queries)).stars };
}

function checkOptions({ stars, seed }: SkyOptions): void {
  if (!Number.isInteger(stars) || stars < 1 || stars > MAX_STARS)
    throw new AppError("BAD_INPUT", `A synthetic sky has 1 to ${MAX_STARS} stars, not ${stars}.`);
  if (!Number.isInteger(seed) || seed < 0 || seed >= 2 ** 32)
    throw new AppError("BAD_INPUT", `A seed is a whole number from 0 to ${2 ** 32 - 1}, not ${seed}.`);
}

/** What `currentSky` answers once this sky is made. */
export const skyName = ({ stars, seed }: Pick<SkyOptions, "stars" | "seed">) =>
  `synthetic sky v${SKY_VERSION}, ${stars} stars, seed ${seed}`;

async function recordSky(queries: Queries, sky: string, stars: number, sha256: string): Promise<void> {
  await queries.query(
    `INSERT INTO ingest_record (kind, source, sha256, status, finished_at, read, inserted)
     VALUES ('synthetic', $1, $2, 'done', clock_timestamp(), $3, $3)`,
    [sky, sha256, stars],
  );
}

/**
 * Writes a synthetic sky in one transaction: all of it or nothing, so that a killed run leaves no trace. The rows
 * depend on the number of stars and the seed alone, on both engines.
 *
 * @throws AppError CONFLICT if another synthetic sky is in the way and `replace` was not given
 */
export async function makeSky(database: Database, options: SkyOptions): Promise<SkyReport> {
  checkOptions(options);
  const { stars, seed, replace = false } = options;
  const sky = skyName(options);
  return database.transaction(async (queries) => {
    await lockSky(queries);
    const { make, removed } = await clearTheWay(queries, sky, replace);
    if (!make) return { sky, stars, seed, made: false, removed, sha256: null };
    const sha256 = await copySky(queries, options);
    await recordSky(queries, sky, stars, sha256);
    // The embedded engine never gathers statistics by itself, and a server only after a while.
    await queries.script("ANALYZE star, photometry, crossmatch, survey_label, catalogue");
    return { sky, stars, seed, made: true, removed, sha256 };
  });
}
