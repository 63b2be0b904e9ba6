/** R_V = A(V) / E(B-V) of the diffuse interstellar medium (Cardelli, Clayton & Mathis 1989, ApJ 345, 245). */
export const TOTAL_TO_SELECTIVE = 3.1;

/**
 * Extinction per unit reddening, A_band / E(B-V), for R_V = 3.1 and E(B-V) on the scale of Schlegel, Finkbeiner
 * & Davis (1998) as recalibrated by Schlafly & Finkbeiner (2011), whose law is Fitzpatrick's (1999).
 *
 * - SkyMapper: Wolf et al. 2018 (PASA 35, e010).
 * - 2MASS: Casagrande et al. 2021 (MNRAS 507, 2684), table B1; Yuan et al. 2013 measure 0.72, 0.46, 0.306.
 * - AllWISE W1, W2: Yuan et al. 2013 (MNRAS 430, 2188). W3, W4: A/A_Ks of Xue et al. 2016 (ApJS 224, 23) on Ks.
 */
export const EXTINCTION_PER_REDDENING = {
  skymapperU: 4.294,
  skymapperV: 4.026,
  skymapperG: 2.986,
  skymapperR: 2.288,
  skymapperI: 1.588,
  skymapperZ: 1.206,
  twomassJ: 0.719,
  twomassH: 0.455,
  twomassKs: 0.306,
  allwiseW1: 0.18,
  allwiseW2: 0.16,
  allwiseW3: 0.164,
  allwiseW4: 0.111,
} as const;

/**
 * A_band / E(B-V) of Gaia's bands for stars of unknown colour: Casagrande & VandenBerg 2018 (MNRAS 479, L102), table 2,
 * the constant coefficients. From BP - RP = 0.4 to 2.5 the real ones change by less than the error of a usual A_V.
 */
export const GAIA_EXTINCTION_PER_REDDENING = { g: 2.74, bp: 3.374, rp: 2.035 } as const;

/**
 * Gaia's bands are so wide that the coefficient depends on the star: Casagrande et al. 2021, table B1, DR3,
 * polynomials in the intrinsic BP - RP, lowest order first.
 */
const GAIA_COEFFICIENTS = {
  g: [2.609, -0.475, 0.053],
  bp: [2.998, -0.14, -0.175, 0.062],
  rp: [1.689, -0.059],
} as const;

/**
 * @param intrinsicBpRp BP - RP without reddening [mag]; good from 0.2 to 2.6
 * @returns A_band / E(B-V) of a Gaia DR3 band
 */
export function gaiaExtinctionPerReddening(band: keyof typeof GAIA_COEFFICIENTS, intrinsicBpRp: number): number {
  return GAIA_COEFFICIENTS[band].reduceRight((sum, coefficient) => sum * intrinsicBpRp + coefficient, 0);
}
