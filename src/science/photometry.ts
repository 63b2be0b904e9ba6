/*
 * Systems: Gaia, 2MASS and AllWISE magnitudes are Vega magnitudes, SkyMapper's are AB (Onken et al. 2024).
 * Absolute magnitudes keep the system of the apparent ones.
 */

/** Absolute bolometric magnitude of the Sun [mag] (IAU 2015 Resolution B2). */
export const SOLAR_BOLOMETRIC_MAGNITUDE = 4.74;

/**
 * @param distancePc [pc]
 * @returns m - M [mag]; NaN if the distance is not positive
 */
export function distanceModulus(distancePc: number): number {
  return distancePc > 0 ? 5 * Math.log10(distancePc) - 5 : Number.NaN;
}

/**
 * @param apparentMag [mag]
 * @param distancePc [pc]
 * @param extinctionMag extinction in the same band [mag]
 * @returns absolute magnitude [mag]; NaN where an argument is missing
 */
export function absoluteMagnitude(apparentMag: number, distancePc: number, extinctionMag = 0): number {
  return apparentMag - distanceModulus(distancePc) - extinctionMag;
}

/**
 * Relative error of a flux to error of its magnitude, to first order.
 *
 * @returns standard error [mag]
 */
export function magnitudeError(fluxOverError: number): number {
  return fluxOverError > 0 ? 2.5 / Math.LN10 / fluxOverError : Number.NaN;
}
