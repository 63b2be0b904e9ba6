import { type Match, MatchBack } from "../../science/crossmatch/match-back";
import type { MatchObject } from "../../science/crossmatch/match-object";
import { type Ranked, rankNeighbours } from "../../science/crossmatch/rank-neighbours";
import { epochSpan, StarNeighbours } from "../../science/crossmatch/star-neighbours";
import { pixelAt } from "../../science/sky/healpix";
import type { Release } from "../release";
import { type ReadRows, starsAround } from "./stars-around";

export interface MatchSettings {
  readonly release: Release;
  readonly radiusArcsec: number;
  /** every star within the radius instead of the best alone */
  readonly all: boolean;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Objects whose stars one statement reads. */
const CHUNK_OBJECTS = 2_000;

/** Numbers of the objects that have a position, in the order of the HEALPix curve: neighbours on the sky come together. */
function alongTheSky(objects: readonly (MatchObject | null)[]): number[] {
  const pixels = objects.map((object) => (object === null ? -1 : pixelAt(object.raDeg, object.decDeg)));
  const placed = [...objects.keys()].filter((index) => pixels[index] !== -1);
  return placed.sort((a, b) => pixels[a]! - pixels[b]!);
}

async function matchChunk(
  read: ReadRows,
  objects: readonly MatchObject[],
  { release, radiusArcsec }: Pick<MatchSettings, "release" | "radiusArcsec">,
): Promise<Ranked[][]> {
  const stars = await starsAround(read, objects, release, radiusArcsec);
  const someUndated = objects.some(({ epoch }) => epoch === null);
  const neighbours = new StarNeighbours(stars, radiusArcsec, epochSpan(objects), someUndated);
  return objects.map((object) => rankNeighbours(object, neighbours.of(object)));
}

/**
 * Finds the stars within a radius of objects, at each object's own epoch, and ranks them: the likeliest first.
 *
 * @param chunk objects whose stars one statement reads
 * @returns for each object, in order, its best neighbour or all of them
 */
export async function rankedNeighbours(
  read: ReadRows,
  objects: readonly (MatchObject | null)[],
  settings: MatchSettings,
  chunk = CHUNK_OBJECTS,
): Promise<Ranked[][]> {
  const found: Ranked[][] = objects.map(() => []);
  const order = alongTheSky(objects);
  for (let start = 0; start < order.length; start += chunk) {
    const numbers = order.slice(start, start + chunk);
    const chosen = numbers.map((number) => objects[number]!);
    const ranked = await matchChunk(read, chosen, settings);
    for (const [index, number] of numbers.entries()) found[number] = settings.all ? ranked[index]! : ranked[index]!.slice(0, 1);
    settings.onProgress?.(Math.min(order.length, start + chunk), order.length);
  }
  return found;
}

/**
 * Finds the stars that objects are, by their positions, and says of each match what the other objects say of its star.
 *
 * @param objects null where one has no position
 * @returns for each object, in order, its best match or all of them; none where no star is within the radius
 */
export async function matchPositions(
  read: ReadRows,
  objects: readonly (MatchObject | null)[],
  settings: MatchSettings,
  chunk = CHUNK_OBJECTS,
): Promise<Match[][]> {
  const found = await rankedNeighbours(read, objects, settings, chunk);
  const back = new MatchBack();
  for (const [number, ranked] of found.entries()) back.add(number, ranked);
  return found.map((ranked, number) => ranked.map((one) => back.match(number, one)));
}
