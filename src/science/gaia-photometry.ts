/** A band of Gaia's epoch photometry. */
export type GaiaBand = "G" | "BP" | "RP";
export const GAIA_BANDS: readonly GaiaBand[] = ["G", "BP", "RP"];

/**
 * Vega zero points: mag = zero point - 2.5 log10(flux in electrons per second). DR3 as EDR3 (Riello et al. 2021, A&A
 * 649, A3), DR2 by Evans et al. 2018 (A&A 616, A4): those of the archive's own magnitudes. DR4 has published none yet:
 * DR3's stand in, for files without magnitudes of their own.
 */
const ZERO_POINTS: Readonly<Record<2 | 3 | 4, Readonly<Record<GaiaBand, number>>>> = {
  2: { G: 25.6883657251, BP: 25.3513881707, RP: 24.7619199882 },
  3: { G: 25.6873668671, BP: 25.3385422158, RP: 24.7478955012 },
  4: { G: 25.6873668671, BP: 25.3385422158, RP: 24.7478955012 },
};

/** The magnitude of a flux [mag]; NaN if it is not positive. @param zeroPoint [mag] of flux 1 */
export const magOfFlux = (flux: number, zeroPoint: number): number => (flux > 0 ? zeroPoint - 2.5 * Math.log10(flux) : Number.NaN);

/** The zero point [mag] of a release's band, for fluxes in electrons per second. */
export const gaiaZeroPoint = (release: 2 | 3 | 4, band: GaiaBand): number => ZERO_POINTS[release][band];
