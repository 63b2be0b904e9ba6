import type { MatchObject, MatchStar } from "./match-object";

const ARCSEC_PER_MAS = 1e-3;

/** Mean of two axes' variances; an axis that is not known counts as the other one, and as 0 where neither is. */
function meanVariance(one: number | null, other: number | null): number {
  return ((one ?? other ?? 0) ** 2 + (other ?? one ?? 0) ** 2) / 2;
}

/**
 * Standard error of a separation along one axis: that of the object, of the star at its own epoch and of the way that
 * it moved since. The axes of the star's error ellipse are averaged, and its correlations left out.
 *
 * @returns [arcsec]; null where the object's error is not known: the star's alone, often below 1 mas, would say nothing
 */
export function separationError(object: MatchObject, star: MatchStar): number | null {
  const { errorArcsec, epoch } = object;
  if (errorArcsec === null || !(errorArcsec > 0)) return null;
  const years = epoch === null ? 0 : epoch - star.refEpoch;
  const ofPlace = meanVariance(star.raErrorMas, star.decErrorMas);
  const ofMotion = meanVariance(star.pmraError, star.pmdecError) * years ** 2;
  return Math.sqrt(errorArcsec ** 2 + (ofPlace + ofMotion) * ARCSEC_PER_MAS ** 2);
}

/**
 * How unlikely it is that the star is the object: -2 ln of the density of a circular normal distribution of the
 * separation, up to a constant. Where no error is known, the separation itself sorts the stars.
 *
 * @param separation, error [arcsec]
 */
export const unlikeliness = (separation: number, error: number | null): number =>
  error === null ? separation : (separation / error) ** 2 + 4 * Math.log(error);
