import type { Astrometry } from "../epoch";
import type { SkyPosition } from "../sky/sky-region";

/** An object to be matched: where it was seen, when, and how well. */
export interface MatchObject extends SkyPosition {
  /** [Julian yr] of the position; null: not known, and stars are taken where the catalogue has them */
  readonly epoch: number | null;
  /** [arcsec] standard error of the position along each axis; null: not known */
  readonly errorArcsec: number | null;
}

/** A star that an object may be. Its parallax and radial velocity are left out: they move no star by 0.1 arcsec in 20 years but a handful. */
export interface MatchStar extends Pick<Astrometry, "raDeg" | "decDeg" | "pmra" | "pmdec"> {
  readonly sourceId: bigint;
  /** [Julian yr] */
  readonly refEpoch: number;
  /** [mas] cos(dec) included */
  readonly raErrorMas: number | null;
  /** [mas] */
  readonly decErrorMas: number | null;
  /** [mas/yr] cos(dec) included */
  readonly pmraError: number | null;
  /** [mas/yr] */
  readonly pmdecError: number | null;
}

/** A star within the radius of an object. */
export interface Neighbour {
  readonly star: MatchStar;
  /** [arcsec] at the object's epoch */
  readonly separation: number;
  /** [arcsec] standard error of the separation along one axis; null: the object's is not known */
  readonly error: number | null;
}
