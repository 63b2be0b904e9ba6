import { coverage } from "../../science/sky/coverage";
import { sourceIdsOfPixels } from "../../science/sky/healpix";
import type { Region } from "../../science/sky/sky-region";
import { literal } from "../bulk/select";
import { type FilteredSurveys } from "../filtered-surveys";
import type { Release } from "../release";
import { type Bind, filterSql, type StarFilter } from "../star-filter";
import { haversineSql, propagatedSql, type SkyRegion, withinSql } from "./region-sql";

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

/** Which stars of a region are meant. */
export interface RegionStars {
  readonly release: Release;
  readonly region: SkyRegion;
  readonly filter: StarFilter;
  /** [Julian yr] search where the stars are then; null: where the catalogue has them */
  readonly epoch: number | null;
}

/** @returns how far from the pixel of its source_id a star may be at an epoch [deg] */
export function paddingDeg(epoch: number | null): number {
  const years = epoch === null ? 0 : Math.max(Math.abs(epoch - REFERENCE_EPOCHS.first), Math.abs(epoch - REFERENCE_EPOCHS.last));
  return (ID_PADDING_ARCSEC + FASTEST_ARCSEC_PER_YEAR * years) / 3600;
}

/** @returns ranges of source_ids that hold every star which is within the region at the epoch, and some around it */
export const idRanges = (region: Region, epoch: number | null) =>
  coverage(region, paddingDeg(epoch)).map((range) => sourceIdsOfPixels(range.first, range.last));

/**
 * FROM and WHERE of the stars `c` within a region: source_id, position (ra, dec) and haversine (h) to its centre. Each
 * range of ids is one walk along the primary key: OFFSET 0 keeps the planner from joining the other way round, and the
 * haversine from being computed twice.
 *
 * @param part of the region, in which they are looked for
 */
export function candidatesSql(stars: RegionStars, part: Region, bind: Bind, surveys: FilteredSurveys): string {
  const { release, region, filter, epoch } = stars;
  const ids = idRanges(part, epoch);
  const place = epoch === null ? "s" : "p";
  return `FROM unnest(${bind(ids.map(({ lowest }) => lowest))}::int8[], ${bind(ids.map(({ highest }) => highest))}::int8[]) AS r (lowest, highest)
    CROSS JOIN LATERAL (
      SELECT s.source_id, ${place}.ra, ${place}.dec, ${haversineSql(`${place}.ra`, `${place}.dec`, region.centre, bind)} AS h
      FROM star s ${epoch === null ? "" : propagatedSql(epoch, bind)}
      WHERE s.release = ${literal(release)} AND s.source_id BETWEEN r.lowest AND r.highest AND ${filterSql(filter, bind, surveys, "by-star")}
      OFFSET 0) c
    WHERE ${withinSql(region, bind)}`;
}
