import type { MatchObject, MatchStar } from "../../science/crossmatch/match-object";
import { direction } from "../../science/sky/coordinates";
import { coverageOfCones } from "../../science/sky/coverage-of-cones";
import { sourceIdsOfPixels } from "../../science/sky/healpix";
import { literal } from "../bulk/select";
import { paddingDeg } from "../region/region-candidates";
import type { Release } from "../release";

type Measured = number | null;
type Row = [
  sourceId: bigint,
  ra: number,
  dec: number,
  refEpoch: number,
  pmra: Measured,
  pmdec: Measured,
  raError: Measured,
  decError: Measured,
  pmraError: Measured,
  pmdecError: Measured,
];

const COLUMNS = ["source_id", "ra", "dec", "ref_epoch", "pmra", "pmdec", "ra_error", "dec_error", "pmra_error", "pmdec_error"];

/** A NaN that slipped in was not measured. */
const finite = (value: Measured): Measured => (value !== null && Number.isFinite(value) ? value : null);

const toStar = ([sourceId, raDeg, decDeg, refEpoch, ...measured]: Row): MatchStar => {
  const [pmra, pmdec, raErrorMas, decErrorMas, pmraError, pmdecError] = measured.map(finite) as [
    Measured,
    Measured,
    Measured,
    Measured,
    Measured,
    Measured,
  ];
  return { sourceId, raDeg, decDeg, refEpoch, pmra, pmdec, raErrorMas, decErrorMas, pmraError, pmdecError };
};

/** Runs a statement without parameters. @returns rows as arrays */
export type ReadRows = <Row extends readonly unknown[]>(sql: string) => Promise<Row[]>;

/** Numbers alone, as bulk statements take no parameters. */
const idArray = (ids: readonly bigint[]) => `'{${ids.map(String).join()}}'::int8[]`;

/** @returns how far around an object its stars' ids are looked for [deg]: the padding of ids, the fastest star's way, the radius */
export const reachDeg = (epoch: number | null, radiusArcsec: number): number => paddingDeg(epoch) + radiusArcsec / 3600;

/**
 * Reads every star that may be within the radius of one of the objects at its epoch, and others around: the ids tell about
 * where a star was first seen, and the fastest star moves 10.5 arcsec a year. Objects near one another share the ranges of ids.
 */
export async function starsAround(
  read: ReadRows,
  objects: readonly MatchObject[],
  release: Release,
  radiusArcsec: number,
): Promise<MatchStar[]> {
  const reach = objects.reduce((most, { epoch }) => Math.max(most, reachDeg(epoch, radiusArcsec)), 0);
  const ranges = coverageOfCones(
    objects.map(({ raDeg, decDeg }) => direction(raDeg, decDeg)),
    reach,
  ).map(({ first, last }) => sourceIdsOfPixels(first, last));
  const rows = await read<Row>(
    `SELECT c.* FROM unnest(${idArray(ranges.map(({ lowest }) => lowest))}, ${idArray(ranges.map(({ highest }) => highest))}) AS r (lowest, highest)
     CROSS JOIN LATERAL (SELECT ${COLUMNS.map((name) => `s.${name}`).join(", ")} FROM star s
       WHERE s.release = ${literal(release)} AND s.source_id BETWEEN r.lowest AND r.highest OFFSET 0) c`,
  );
  return rows.map(toStar);
}
