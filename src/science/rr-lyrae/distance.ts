import type { Measured } from "../measured";

/**
 * Absolute G magnitude of RR Lyrae: M_G = (0.32 ± 0.04) [Fe/H] + (1.11 ± 0.06), Muraveva et al. 2018 (MNRAS 481, 1195),
 * from parallaxes of Gaia DR2 with their zero point among what is fitted. At [Fe/H] = -1.5 it is 0.63 ± 0.08 mag.
 */
const SLOPE: Measured = { value: 0.32, error: 0.04 };
const ZERO_POINT: Measured = { value: 1.11, error: 0.06 };

/**
 * @param feh [Fe/H] [dex] with its error
 * @returns absolute magnitude in G [mag]; its error holds those of [Fe/H] and of both coefficients, as if they were independent
 */
export function absoluteGMagnitude(feh: Measured): Measured {
  return {
    value: SLOPE.value * feh.value + ZERO_POINT.value,
    error: Math.hypot(SLOPE.value * feh.error, SLOPE.error * feh.value, ZERO_POINT.error),
  };
}

/** Of an extinction that comes without an error: maps of dust are good to a tenth. */
export const EXTINCTION_ERROR = 0.1;

export interface RrLyraeDistance {
  /** m - M - A_G [mag] */
  readonly modulus: Measured;
  /** [pc] its error to first order */
  readonly distancePc: Measured;
}

/**
 * How far an RR Lyrae star is.
 *
 * @param meanGMag mean G magnitude over the cycle [mag]
 * @param feh [Fe/H] [dex]
 * @param extinctionGMag A_G [mag]
 */
export function rrLyraeDistance(meanGMag: Measured, feh: Measured, extinctionGMag: Measured): RrLyraeDistance {
  const absolute = absoluteGMagnitude(feh);
  const modulus = {
    value: meanGMag.value - absolute.value - extinctionGMag.value,
    error: Math.hypot(meanGMag.error, absolute.error, extinctionGMag.error),
  };
  const distancePc = 10 ** (modulus.value / 5 + 1);
  return { modulus, distancePc: { value: distancePc, error: (Math.LN10 / 5) * distancePc * modulus.error } };
}
