import { readdir } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../../src/errors";
import { type Folding, foldLightCurve } from "../../src/features/light-curve/fold-light-curve";
import type { LightCurvePoints } from "../../src/features/light-curve/light-curve";
import { type OpenOptions, openTable } from "../../src/formats/open-table";
import { hashFiles } from "../datasets/hash-files";
import { isTableName } from "../datasets/table-file-name";
import { type PointValues, pointReader, type StarValues, starReader } from "./light-curve-columns";
import { WantedPoints } from "./wanted-points";

/** A star of the folder: what its table says, and its points as they are. */
export interface ObservedStar extends StarValues {
  readonly sourceId: bigint;
  readonly points: LightCurvePoints;
}

/** A star of the folder: what its table says, and its folded light curve or why there is none. */
export type LightCurveStar = { readonly sourceId: bigint } & StarValues & Folding;

export interface LightCurveFolder {
  /** the folder's base name */
  readonly source: string;
  /** as it was named */
  readonly path: string;
  readonly idColumn: string;
  /** of the two files' bytes */
  readonly sha256: string;
  /** in the order of the table of stars */
  readonly stars: readonly LightCurveStar[];
}

/** The points of one star, as they are read. */
interface Points {
  readonly time: number[];
  readonly mag: number[];
  readonly magError: number[];
}

/** Held in memory: 24 bytes each. All of Gaia DR3's RR Lyrae have 12 million points in G. */
const MAX_POINTS = 50_000_000;
/** Between two notes of progress: a few seconds' work where periods are searched for. */
const STARS_A_NOTE = 50;
/** What the two tables of a folder are called, before the ending of their format. */
const STARS = "stars";
const LIGHT_CURVES = "light_curves";

/** @returns the table of a folder with the name, whatever its format; CSV before others; null if there is none */
async function findTable(folder: string, name: string): Promise<string | null> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found = entries
    .filter((entry) => entry.isFile() && entry.name.split(".")[0] === name && isTableName(entry.name))
    .map((entry) => entry.name);
  const chosen = found.sort().find((file) => file.includes(".csv")) ?? found[0];
  return chosen === undefined ? null : path.join(folder, chosen);
}

/** @throws AppError NOT_FOUND */
async function fileIn(folder: string, name: string): Promise<string> {
  const found = await findTable(folder, name);
  if (found !== null) return found;
  throw new AppError(
    "NOT_FOUND",
    `The folder ${folder} has no ${name}.csv, nor another table called ${name}. A folder of light curves holds tables called stars and light_curves, of any format.`,
  );
}

/** @returns the table of stars and that of points @throws AppError NOT_FOUND naming the one that is absent */
export async function lightCurveFiles(folder: string): Promise<[stars: string, points: string]> {
  return [await fileIn(folder, STARS), await fileIn(folder, LIGHT_CURVES)];
}

/** @returns whether a place is a folder that holds light curves, rather than a table of stars */
export async function isLightCurveFolder(place: string): Promise<boolean> {
  return (await findTable(place, LIGHT_CURVES)) !== null;
}

async function readStars(file: string, onBytes: OpenOptions["onBytes"]): Promise<{ idColumn: string; stars: Map<bigint, StarValues> }> {
  const table = await openTable(file, { onBytes });
  const reader = starReader(table.columns, file);
  const stars = new Map<bigint, StarValues>();
  let row = 0;
  for await (const batch of table.batches) {
    for (const cells of batch) {
      const { sourceId, ...values } = reader.read(cells, ++row);
      if (stars.has(sourceId))
        throw new AppError("BAD_INPUT", `${file}, row ${row}: the star ${sourceId} is there twice. Keep one row for each star.`);
      stars.set(sourceId, values);
    }
  }
  if (stars.size === 0) throw new AppError("BAD_INPUT", `${file} holds a header and no row: there is no star.`);
  return { idColumn: reader.idColumn, stars };
}

function add({ time, mag, magError }: Points, point: PointValues): void {
  time.push(point.time);
  mag.push(point.mag);
  magError.push(point.magError);
}

/** Gathers the points of the stars that are wanted; those of others are passed over. */
async function readPoints(file: string, stars: Iterable<bigint>, onBytes: OpenOptions["onBytes"]) {
  const table = await openTable(file, { onBytes });
  const reader = pointReader(table.columns, file);
  const wanted = new WantedPoints(table.columns, file);
  const points = new Map(Array.from(stars, (id): [bigint, Points] => [id, { time: [], mag: [], magError: [] }]));
  let row = 0;
  for await (const batch of table.batches) {
    for (const cells of batch) {
      if (!wanted.has(cells, ++row)) continue;
      const point = reader.read(cells, row);
      const ofStar = points.get(point.sourceId);
      if (ofStar) add(ofStar, point);
    }
    if (row > MAX_POINTS) throw new AppError("BAD_INPUT", `${file} has more than ${MAX_POINTS} points. Split the folder into several.`);
  }
  wanted.requireG();
  return { folded: reader.folded, points };
}

/**
 * Reads a folder of light curves: `stars.csv` (gaia_dr2_source_id, ra_deg, dec_deg, period_d, and where they are known
 * feh_photometric_dex, cv_fold) and `light_curves.csv.gz` (gaia_dr2_source_id, phase or time_d, phot_g_mag, and where
 * they are known phot_g_mag_error).
 *
 * @returns in the order of the table of stars
 * @throws AppError NOT_FOUND, or BAD_INPUT naming the file, the row and what is wrong with it
 */
export async function readObservedStars(
  folder: string,
  onBytes?: OpenOptions["onBytes"],
): Promise<{ idColumn: string; stars: ObservedStar[] }> {
  const [starFile, pointFile] = await lightCurveFiles(folder);
  const { idColumn, stars } = await readStars(starFile, onBytes);
  const { folded, points } = await readPoints(pointFile, stars.keys(), onBytes);
  return {
    idColumn,
    stars: Array.from(stars, ([sourceId, values]) => ({ sourceId, ...values, points: { ...points.get(sourceId)!, folded } })),
  };
}

/**
 * Reads a folder of light curves as `readObservedStars` does, and folds them. A star whose light curve cannot be used
 * stays, with the reason.
 *
 * @param onFolded is told of the stars that were folded, which takes long where periods are searched for
 * @throws AppError NOT_FOUND, or BAD_INPUT naming the file, the row and what is wrong with it
 */
export async function readLightCurveFolder(
  folder: string,
  onBytes?: OpenOptions["onBytes"],
  onFolded?: (done: number, total: number) => void,
): Promise<LightCurveFolder> {
  const { idColumn, stars } = await readObservedStars(folder, onBytes);
  const judged: LightCurveStar[] = [];
  for (const { points, ...star } of stars) {
    judged.push({ ...star, ...foldLightCurve(points, star.periodDays) });
    if (judged.length % STARS_A_NOTE === 0) onFolded?.(judged.length, stars.length);
  }
  const sha256 = await hashFiles(await lightCurveFiles(folder));
  return { source: path.basename(path.resolve(folder)), path: folder, idColumn, sha256, stars: judged };
}
