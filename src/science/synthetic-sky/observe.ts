import type { Random } from "../random";

/** One magnitude as a survey's catalogue holds it. */
export interface Measurement {
  /** [mag] */
  readonly mag: number;
  /** [mag] standard error */
  readonly error: number;
}

/** How well a survey measures one band. */
export interface BandPrecision {
  /** [mag] the error that brightness does not reduce: calibration, flat field */
  readonly floor: number;
  /** [mag] where the error of the photons is 0.1 */
  readonly depth: number;
  /** fraction lost to neighbours, edges and cosmic rays */
  readonly missing: number;
}

/** @returns the catalogue's magnitude and error; null if the band is missing or the star too faint (error above 0.25) */
export function measure(random: Random, trueMag: number, { floor, depth, missing }: BandPrecision): Measurement | null {
  const lost = random.uniform() < missing;
  const error = Math.hypot(floor, 0.1 * 10 ** (0.4 * (trueMag - depth)));
  const mag = trueMag + error * random.normal();
  return lost || error > 0.25 ? null : { mag, error };
}

/** Gaia DR3 (Riello et al. 2021, A&A 649, A3, fig. 14, rounded). */
export const GAIA_PRECISION = {
  g: { floor: 0.0028, depth: 21.3, missing: 0 },
  bp: { floor: 0.004, depth: 19.9, missing: 0.004 },
  rp: { floor: 0.004, depth: 20.1, missing: 0.004 },
} as const satisfies Record<string, BandPrecision>;

/** SkyMapper DR4, u v g r i z (Onken et al. 2024, PASA 41, e061, rounded). */
export const SKYMAPPER_PRECISION: readonly BandPrecision[] = [
  { floor: 0.012, depth: 18.9, missing: 0.05 },
  { floor: 0.012, depth: 19.0, missing: 0.05 },
  { floor: 0.008, depth: 20.4, missing: 0.02 },
  { floor: 0.008, depth: 20.4, missing: 0.02 },
  { floor: 0.008, depth: 19.8, missing: 0.02 },
  { floor: 0.008, depth: 19.1, missing: 0.03 },
];

/** 2MASS J, H, Ks (Skrutskie et al. 2006, AJ 131, 1163, table 8: S/N = 10 at 15.8, 15.1, 14.3). */
export const TWOMASS_PRECISION: readonly BandPrecision[] = [
  { floor: 0.02, depth: 15.8, missing: 0.01 },
  { floor: 0.02, depth: 15.1, missing: 0.01 },
  { floor: 0.02, depth: 14.3, missing: 0.01 },
];

/** AllWISE W1 to W4 (Cutri et al. 2013, rounded). */
export const ALLWISE_PRECISION: readonly BandPrecision[] = [
  { floor: 0.022, depth: 16.6, missing: 0.02 },
  { floor: 0.02, depth: 15.6, missing: 0.02 },
  { floor: 0.02, depth: 11.3, missing: 0.05 },
  { floor: 0.03, depth: 8.0, missing: 0.1 },
];

/** Standard error of a DR3 parallax [mas]: 0.02 at G = 15, 0.07 at 17, 0.12 at 18 (Lindegren et al. 2021, A&A 649, A2, table 4). */
export function parallaxError(gMag: number): number {
  return Math.hypot(0.015, 0.024 * 10 ** (0.234 * (gMag - 15)));
}
