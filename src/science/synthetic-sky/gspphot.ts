import { TOTAL_TO_SELECTIVE } from "../extinction";
import type { Random } from "../random";
import type { Star } from "./population";

/** An estimate with its 16th and 84th percentile. */
export interface Estimate {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** What Gaia's GSP-Phot would say of a star. */
export interface GspPhot {
  readonly teff: Estimate;
  readonly logg: Estimate;
  readonly mh: Estimate;
  /** [mag] extinction at 541.4 nm */
  readonly azero: number;
}

/** Percentiles around a value: quoted errors are several times too small, as found for GSP-Phot (Andrae et al. 2023). */
function quote(random: Random, value: number, typicalError: number): Estimate {
  const error = typicalError * Math.exp(0.4 * random.normal());
  return { value, lower: value - error * random.between(0.8, 1.2), upper: value + error * random.between(0.8, 1.2) };
}

/**
 * Estimates with the faults of GSP-Phot (Andrae et al. 2023, A&A 674, A27): what it takes for dust it makes up for
 * with temperature, gravity and metallicity at once, [M/H] is too low and its range too narrow. The sizes are set
 * so that GSP-Phot minus SoS has the published RMSE: 233 K, 0.304 dex, 0.277 dex (Turchi et al. 2024).
 */
export function gspPhotEstimate(random: Random, star: Star, ebv: number): GspPhot {
  const confusion = random.normal();
  const hotter = (star.teff / 5500) ** 2;
  return {
    teff: quote(random, star.teff + hotter * (30 + 200 * confusion + 120 * random.normal()), 45),
    logg: quote(random, star.logg + 0.09 + 0.17 * confusion + 0.21 * random.normal(), 0.05),
    mh: quote(random, 0.88 * star.feh - 0.15 + 0.11 * confusion + 0.21 * random.normal(), 0.08),
    azero: Math.max(0, TOTAL_TO_SELECTIVE * ebv + 0.16 * confusion + 0.05 * random.normal()),
  };
}
