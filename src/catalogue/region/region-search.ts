import type { Parameter, Queries } from "../../database/database";
import { AppError } from "../../errors";
import { RADIANS } from "../../science/sky/coordinates";
import { cone, MAX_RADIUS_DEG, type Region, type SkyPosition } from "../../science/sky/sky-region";
import { ringOf } from "../../science/sky/sky-ring";
import { type FilteredSurveys, filteredSurveys } from "../filtered-surveys";
import { candidatesSql, type RegionStars } from "./region-candidates";

/** What a straight line through space is good for [Julian yr]. */
export const EPOCHS = { first: 1900, last: 2100 } as const;

/** Where a star stands in the order of distance: equal distances follow by source_id. */
export interface DistanceKey {
  /** sin^2 of half the distance, as the database computed it: comparing it again gives the same order */
  readonly haversine: number;
  readonly sourceId: bigint;
}

export interface FoundStar extends DistanceKey {
  /** at the epoch searched, else at the star's own [deg] */
  readonly raDeg: number;
  readonly decDeg: number;
}

export interface RegionSearch extends RegionStars {
  /** the key to go on from, not itself included */
  readonly after: DistanceKey | null;
  readonly first: number;
}

/** [rad] to sin^2 of its half, and back */
const haversine = (angleRad: number): number => Math.sin(angleRad / 2) ** 2;
const angle = (haversineOfIt: number): number => 2 * Math.asin(Math.sqrt(Math.min(1, Math.max(0, haversineOfIt))));

/** @returns the distance from the centre [arcsec] */
export const distanceArcsec = (star: DistanceKey): number => (angle(star.haversine) * 3600) / RADIANS;

/** @throws AppError BAD_INPUT for an epoch beyond what proper motions are good for */
export function checkEpoch(epoch: number | null): void {
  if (epoch === null || (epoch >= EPOCHS.first && epoch <= EPOCHS.last)) return;
  throw new AppError("BAD_INPUT", `epoch must be a Julian year from ${EPOCHS.first} to ${EPOCHS.last}, not ${epoch}.`);
}

/** A statement and its parameters. */
interface Statement {
  readonly sql: string;
  readonly parameters: Parameter[];
}

/** @param part of the region, in which the page is looked for */
function searchStatement(search: RegionSearch, part: Region, surveys: FilteredSurveys): Statement {
  const { after, first } = search;
  const parameters: Parameter[] = [];
  const bind = (value: Parameter) => `$${parameters.push(value)}`;
  const sql = `SELECT c.source_id, c.h, c.ra, c.dec ${candidatesSql(search, part, bind, surveys)}
      AND c.h <= ${bind(haversine(part.reachDeg * RADIANS))}::float8
      ${after ? `AND (c.h, c.source_id) > (${bind(after.haversine)}::float8, ${bind(after.sourceId)}::int8)` : ""}
    ORDER BY c.h, c.source_id LIMIT ${bind(first + 1)}`;
  return { sql, parameters };
}

/** Names the statement of a search without a filter: the numbers of all such searches are parameters of a handful of texts. */
function statementName({ region, release, epoch, after }: RegionSearch): string {
  const wraps = region.shape === "box" && region.raMin > region.raMax;
  return [
    "region",
    region.shape,
    ...(wraps ? ["wraps"] : []),
    `dr${release}`,
    ...(epoch === null ? [] : ["moves"]),
    ...(after ? ["after"] : []),
  ].join("-");
}

type FoundRow = [sourceId: bigint, haversine: number, raDeg: number, decDeg: number];

const toFound = ([sourceId, h, raDeg, decDeg]: FoundRow): FoundStar => ({ sourceId, haversine: h, raDeg, decDeg });

/** Planning takes as long as answering a small cone: a filter, of which there are too many to prepare, costs it each time. */
async function runSearch(queries: Queries, search: RegionSearch, { sql, parameters }: Statement): Promise<FoundStar[]> {
  const filtered = Object.values(search.filter).some((value) => value != null);
  const rows = await queries.prepared<FoundRow>(filtered ? "" : statementName(search), sql, parameters);
  return rows.map(toFound);
}

/** [1/deg^2] what Gaia has where the sky is emptiest: the first ring holds a page wherever all of Gaia is kept. */
const LIKELY_DENSITY = 2000;

/** Each ring has sixteen times the area of the one before: where stars are few, a handful of empty looks cost little. */
const GROWTH = 4;

/**
 * The next stars of a region, nearest to its centre first. HEALPix ranges of the primary key choose the candidates, the
 * exact position decides. Rings about the centre grow until they hold the page, so that a page costs what its stars do
 * however large the region is and however far down the page.
 *
 * Not found is a star more than 60 arcsec outside the pixel that its source_id encodes; `starPage` with a position
 * filter does not look at ids.
 *
 * @throws AppError BAD_INPUT for an epoch or a filter that cannot be meant, NOT_FOUND for an unknown survey
 */
export async function searchRegion(queries: Queries, search: RegionSearch): Promise<{ stars: FoundStar[]; hasNext: boolean }> {
  checkEpoch(search.epoch);
  const { region, after, first } = search;
  const surveys = await filteredSurveys(queries, search.filter, search.release);
  const inner = after ? angle(after.haversine) : 0;
  const reach = region.reachDeg * RADIANS * (1 + 1e-12); // a corner may lie beyond it by rounding
  for (let width = RADIANS * Math.sqrt((first + 1) / (Math.PI * LIKELY_DENSITY)); ; width *= GROWTH) {
    const outer = Math.min(Math.hypot(inner, width), reach);
    const stars = await runSearch(queries, search, searchStatement(search, ringOf(region, inner, outer), surveys));
    if (stars.length > first || outer === reach) return { stars: stars.slice(0, first), hasNext: stars.length > first };
  }
}

/**
 * The stars nearest to a position.
 *
 * @returns at most `limit` stars, nearest first; fewer where 10 degrees around hold no more
 * @throws AppError as `searchRegion`
 */
export async function nearestStars(
  queries: Queries,
  { position, limit, ...search }: { position: SkyPosition; limit: number } & Pick<RegionSearch, "release" | "filter" | "epoch">,
): Promise<FoundStar[]> {
  const region = cone(position.raDeg, position.decDeg, MAX_RADIUS_DEG);
  return (await searchRegion(queries, { ...search, region, after: null, first: limit })).stars;
}
