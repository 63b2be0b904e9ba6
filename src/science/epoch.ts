import { RADIANS } from "./sky/coordinates";

/** [km/s] speed of 1 au/yr, the au and the Julian year of IAU 2012: turns mas and km/s into mas/yr. */
export const AU_PER_YEAR_KM_S = 4.740470446;
export const MAS_RADIANS = RADIANS / 3_600_000;

/** Where a star is and how it moves, at the epoch of its position. What was not measured is null and counts as 0. */
export interface Astrometry {
  readonly raDeg: number;
  readonly decDeg: number;
  /** [mas/yr] cos(dec) included */
  readonly pmra: number | null;
  readonly pmdec: number | null;
  /** [mas] */
  readonly parallax?: number | null;
  /** [km/s] */
  readonly radialVelocity?: number | null;
}

/**
 * Moves a star along its straight line through space (ESA 1997, The Hipparcos and Tycho Catalogues, vol. 1, 1.5.5):
 * exact at the poles, and with the perspective acceleration where parallax and radial velocity are known. Light time
 * is left out: below 0.1 mas in a century for every star but a few.
 *
 * @param years from the epoch of the position [Julian yr]
 * @returns the position then, ra from 0 to below 360 [deg]
 */
export function propagate(star: Astrometry, years: number): { raDeg: number; decDeg: number } {
  const { raDeg, decDeg, pmra, pmdec, parallax, radialVelocity } = star;
  const receding = (Math.max(parallax ?? 0, 0) * (radialVelocity ?? 0)) / AU_PER_YEAR_KM_S;
  const [east, north, outward] = [pmra ?? 0, pmdec ?? 0, receding].map((motion) => motion * MAS_RADIANS * years) as [
    number,
    number,
    number,
  ];
  const [sine, cosine] = [Math.sin(decDeg * RADIANS), Math.cos(decDeg * RADIANS)];
  // In the frame of the star's own meridian: towards it on the equator, to the east, to the pole.
  const meridian = (1 + outward) * cosine - north * sine;
  const pole = (1 + outward) * sine + north * cosine;
  const ra = raDeg + Math.atan2(east, meridian) / RADIANS;
  return { raDeg: ra - 360 * Math.floor(ra / 360), decDeg: Math.atan2(pole, Math.hypot(meridian, east)) / RADIANS };
}

/** [d] Julian dates of the years 1900 and 2100, and modified ones: no year is as large, and neither is like the other. */
const JULIAN_DATE = { of2000: 2_451_545, least: 2_400_000 };
const MODIFIED_JULIAN_DATE = { of2000: 51_544.5, least: 10_000 };
const DAYS_PER_YEAR = 365.25;

/**
 * Catalogues tell when they saw an object in one of three ways, which no year from 1900 to 2100 confounds.
 *
 * @param value a Julian year, a Julian date or a modified one
 * @returns the Julian year [yr]
 */
export function julianYear(value: number): number {
  for (const { of2000, least } of [JULIAN_DATE, MODIFIED_JULIAN_DATE]) if (value >= least) return 2000 + (value - of2000) / DAYS_PER_YEAR;
  return value;
}
