import { SOLAR_BOLOMETRIC_MAGNITUDE } from "../photometry";
import type { Random } from "../random";
import { colourFromTeff } from "./colour-teff";
import { type Atmosphere, SOLAR_TEFF } from "./evolution";
import type { Star } from "./population";

/** Absolute magnitudes without reddening [mag], in each survey's own system. */
export interface Magnitudes {
  readonly g: number;
  readonly bp: number;
  readonly rp: number;
  /** SkyMapper u, v, g, r, i, z (AB) */
  readonly skymapper: readonly number[];
  /** 2MASS J, H, Ks (Vega) */
  readonly twomass: readonly number[];
  /** AllWISE W1, W2, W3, W4 (Vega) */
  readonly allwise: readonly number[];
}

/** Bolometric correction to Gaia G [mag], 3300 to 8000 K, solar metallicity (Andrae et al. 2018, A&A 616, A8, table 4). */
export function bolometricCorrectionG(teff: number): number {
  const t = teff - SOLAR_TEFF;
  return teff >= 4000
    ? 6e-2 + t * (6.731e-5 + t * (-6.647e-8 + t * (2.859e-11 + t * -7.197e-15)))
    : 1.749 + t * (1.977e-3 + t * (3.737e-7 + t * (-8.966e-11 + t * -4.183e-14)));
}

/** G minus SDSS g, r, i as polynomials in BP - RP (Riello et al. 2021, A&A 649, A3, table C.2, and DR3 documentation 5.5). */
const minusG = (x: number) => 0.2199 + x * (-0.6365 + x * (-0.1548 + x * 0.0064));
const minusR = (x: number) => -0.09837 + x * (0.08592 + x * (0.1907 + x * (-0.1701 + x * 0.02263)));
const minusI = (x: number) => -0.293 + x * (0.6404 + x * (-0.09609 + x * -0.002104));

/**
 * SkyMapper g r i z from SDSS's: interpolated in wavelength (SDSS 470, 620, 750 nm; SkyMapper 510, 617, 779, 916 nm,
 * Bessell et al. 2011, PASP 123, 789).
 *
 * v holds the calcium lines: (v - g) - 1.5 (g - i) follows [Fe/H], by 0.4 mag/dex near the Sun's and less below
 * (Da Costa et al. 2019, MNRAS 489, 5900). u holds the Balmer jump, so u - v follows log g (Keller et al. 2007, PASA 24, 1).
 * The slopes are rounded and the scatter stands for all that two numbers do not describe.
 */
function skymapper(random: Random, { logg, feh, alpha }: Star, g: number, bpRp: number): number[] {
  const [sdssG, sdssR, sdssI] = [g - minusG(bpRp), g - minusR(bpRp), g - minusI(bpRp)];
  const bandG = sdssG - 0.27 * (sdssG - sdssR);
  const bandI = sdssI - 0.22 * (sdssR - sdssI);
  const bandZ = sdssI - 0.72 * (sdssR - sdssI);
  const colour = bandG - bandI;
  const bandV = bandG + 1.5 * colour + 0.28 + 0.42 * feh + 0.06 * feh * feh + 0.15 * (alpha - 0.05) + 0.02 * random.normal();
  const bandU = bandV + 0.5 + 0.3 * colour + 0.11 * (4.4 - logg) + 0.06 * feh + 0.03 * random.normal();
  return [bandU, bandV, bandG, sdssR, bandI, bandZ];
}

/** Photospheres are nearly Rayleigh-Jeans beyond 3 um; carbon monoxide makes W1 - W2 of cool stars blue (Koenig & Leisawitz 2014, ApJ 791, 131). */
function allwise(ks: number, teff: number): number[] {
  const coolness = Math.max(0, (5000 - teff) / 1000);
  const w1 = ks - 0.035 - 0.02 * coolness;
  return [w1, w1 + 0.02 + 0.07 * coolness, w1 - 0.01 * coolness, w1 - 0.06 - 0.02 * coolness];
}

/** @returns the star's absolute Gaia G [mag] */
export function absoluteG({ teff, logLuminosity }: Atmosphere): number {
  return SOLAR_BOLOMETRIC_MAGNITUDE - 2.5 * logLuminosity - bolometricCorrectionG(teff);
}

/** What the star would be at 10 pc without dust, in every band. */
export function absoluteMagnitudes(random: Random, star: Star): Magnitudes {
  const { teff, logg, feh } = star;
  const bpRp = colourFromTeff("bpRp", teff, logg, feh);
  const g = absoluteG(star);
  const rp = g - colourFromTeff("gRp", teff, logg, feh);
  const bp = rp + bpRp;
  const [j, h, ks] = [
    bp - colourFromTeff("bpJ", teff, logg, feh),
    bp - colourFromTeff("bpH", teff, logg, feh),
    bp - colourFromTeff("bpKs", teff, logg, feh),
  ];
  return { g, bp, rp, skymapper: skymapper(random, star, g, bpRp), twomass: [j, h, ks], allwise: allwise(ks, teff) };
}
