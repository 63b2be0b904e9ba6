import type { Parameter, Queries } from "../database/database";
import { AppError } from "../errors";
import { RADIANS } from "../science/coordinates";
import { coverage } from "../science/coverage";
import { sourceIdsOfPixels } from "../science/healpix";
import { cone, MAX_RADIUS_DEG, type Region, type SkyPosition } from "../science/sky-region";
import { ringOf } from "../science/sky-ring";
import { haversineSql, propagatedSql, type SkyRegion, withinSql } from "./region-sql";
import type { Release } from "./release";
import { filterSql, type StarFilter } from "./star-filter";
import { surveyIdsOf } from "./star-page";

/**
 * How far beyond the pixel of its source_id a star's position may lie and still be found [arcsec]: the id encodes where
 * the source was first seen. Of 145 stars of Gaia one lies in another level-12 pixel (51.5 arcsec wide) than its id's,
 * and none in another level-10 one.
 */
const ID_PADDING_ARCSEC = 60;

/** Barnard's star, the fastest, moves 10.4 arcsec a year. */
const FASTEST_ARCSEC_PER_YEAR = 10.5;

/** Epochs of the releases' positions: DR2 2015.5, DR3 2016.0, DR4 2017.5 [Julian yr]. */
const REFERENCE_EPOCHS = { first: 2015.5, last: 2017.5 } as const;

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

export interface RegionSearch {
  readonly release: Release;
  readonly region: SkyRegion;
  readonly filter: StarFilter;
  /** [Julian yr] search where the stars are then; null: where the catalogue has them */
  readonly epoch: number | null;
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
function checkEpoch(epoch: number | null): void {
  if (epoch === null || (epoch >= EPOCHS.first && epoch <= EPOCHS.last)) return;
  throw new AppError("BAD_INPUT", `epoch must be a Julian year from ${EPOCHS.first} to ${EPOCHS.last}, not ${epoch}.`);
}

function paddingDeg(epoch: number | null): number {
  const years = epoch === null ? 0 : Math.max(Math.abs(epoch - REFERENCE_EPOCHS.first), Math.abs(epoch - REFERENCE_EPOCHS.last));
  return (ID_PADDING_ARCSEC + FASTEST_ARCSEC_PER_YEAR * years) / 3600;
}

/**
 * Each range of ids is one walk along the primary key: OFFSET 0 keeps the planner from joining the other way round, and
 * the haversine from being computed twice.
 *
 * @param part of the region, in which the page is looked for
 */
function searchSql(search: RegionSearch, part: Region, parameters: Parameter[], surveyIds: ReadonlyMap<string, number>): string {
  const { release, region, filter, epoch, after, first } = search;
  const bind = (value: Parameter) => `$${parameters.push(value)}`;
  const ids = coverage(part, paddingDeg(epoch)).map((range) => sourceIdsOfPixels(range.first, range.last));
  const place = epoch === null ? "s" : "p";
  return `SELECT c.source_id AS "sourceId", c.h AS haversine, c.ra AS "raDeg", c.dec AS "decDeg"
    FROM unnest(${bind(ids.map(({ lowest }) => lowest))}::int8[], ${bind(ids.map(({ highest }) => highest))}::int8[]) AS r (lowest, highest)
    CROSS JOIN LATERAL (
      SELECT s.source_id, ${place}.ra, ${place}.dec, ${haversineSql(`${place}.ra`, `${place}.dec`, region.centre, bind)} AS h
      FROM star s ${epoch === null ? "" : propagatedSql(epoch, bind)}
      WHERE s.release = ${bind(release)} AND s.source_id BETWEEN r.lowest AND r.highest AND ${filterSql(filter, bind, surveyIds)}
      OFFSET 0) c
    WHERE ${withinSql(region, bind)} AND c.h <= ${bind(haversine(part.reachDeg * RADIANS))}::float8
      ${after ? `AND (c.h, c.source_id) > (${bind(after.haversine)}::float8, ${bind(after.sourceId)}::int8)` : ""}
    ORDER BY c.h, c.source_id LIMIT ${bind(first + 1)}`;
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
  const surveyIds = await surveyIdsOf(queries, search.filter);
  const inner = after ? angle(after.haversine) : 0;
  const reach = region.reachDeg * RADIANS * (1 + 1e-12); // a corner may lie beyond it by rounding
  for (let width = RADIANS * Math.sqrt((first + 1) / (Math.PI * LIKELY_DENSITY)); ; width *= GROWTH) {
    const outer = Math.min(Math.hypot(inner, width), reach);
    const parameters: Parameter[] = [];
    const sql = searchSql(search, ringOf(region, inner, outer), parameters, surveyIds);
    const stars = await queries.query<FoundStar>(sql, parameters);
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
