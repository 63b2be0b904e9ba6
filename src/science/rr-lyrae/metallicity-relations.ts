import { wrapNear } from "../light-curve/fourier-series";

/*
 * Published relations between the period, the Fourier parameters and [Fe/H]. Each holds in one band, on one scale of
 * [Fe/H] and for one way of pulsation: never feed one the φ31 of another band. φ31 is that of the sine series but
 * where Gaia's column is named; each relation wraps it to where it was calibrated.
 */

/** Of a light curve in one band. */
export interface FourierParameters {
  readonly periodDays: number;
  /** [mag] */
  readonly a1Mag: number;
  /** [mag] */
  readonly a2Mag: number;
  /** [rad] sine series, any number of turns */
  readonly phi31: number;
}

/**
 * Gaia DR3's `metallicity` of a fundamental-mode star, from its own columns: Nemec et al. 2013 (ApJ 773, 181) moved to
 * Gaia's band and convention (Clementini et al. 2023, A&A 674, A18); the coefficients are those that the published
 * columns hold, to 4e-7 dex.
 *
 * @param periodDays `pf`
 * @param cosinePhase31 `phi31_g` [rad] cosine series, as the archive gives it
 * @returns [Fe/H] [dex] on the scale of Carretta et al. 2009
 */
export function gaiaDr3Metallicity(periodDays: number, cosinePhase31: number): number {
  return (
    3.0336834 -
    20.127524 * periodDays +
    1.3684267 * cosinePhase31 +
    6.27 * periodDays * cosinePhase31 -
    0.72 * cosinePhase31 * cosinePhase31
  );
}

/** [rad] where Dékány et al. 2021 centre φ31 in I, of either way of pulsation. */
const DEKANY_CENTRE = { fundamental: 5.88, firstOvertone: 6.83 };

/**
 * Fundamental mode, I band: Dékány, Grebel & Pojmański 2021 (ApJ 920, 33). Mean absolute error 0.158 dex on the 375
 * spectra that it was calibrated on.
 *
 * @returns [Fe/H] [dex] on the scale of Crestani et al. 2021
 */
export function dekany2021Fundamental({ periodDays, a2Mag, phi31 }: FourierParameters): number {
  return -5.819 - 6.35 * periodDays + 5.785 * a2Mag + 1.248 * wrapNear(phi31, DEKANY_CENTRE.fundamental);
}

/**
 * First overtone, I band: Dékány, Grebel & Pojmański 2021. Mean absolute error 0.18 dex.
 *
 * @returns [Fe/H] [dex] on the scale of Crestani et al. 2021
 */
export function dekany2021FirstOvertone({ periodDays, a1Mag, a2Mag, phi31 }: FourierParameters): number {
  return -1.821 - 10.014 * periodDays + 13.835 * a1Mag - 34.704 * a2Mag + 0.325 * wrapNear(phi31, DEKANY_CENTRE.firstOvertone);
}

/** [rad] The fundamental mode's φ31 in V spans about 4 to 6. */
const JURCSIK_CENTRE = 5;

/**
 * Fundamental mode, V band: Jurcsik & Kovács 1996 (A&A 312, 111).
 *
 * @returns [Fe/H] [dex] on the scale of Jurcsik 1995, some 0.2 dex above that of Zinn & West
 */
export function jurcsikKovacs1996({ periodDays, phi31 }: Pick<FourierParameters, "periodDays" | "phi31">): number {
  return -5.038 - 5.394 * periodDays + 1.345 * wrapNear(phi31, JURCSIK_CENTRE);
}
