import { EXTINCTION_PER_REDDENING, gaiaExtinctionPerReddening } from "../extinction";
import { distanceModulus } from "../photometry";
import { Random } from "../random";
import { angles, direction, fromGalactic } from "../sky/coordinates";
import { pixelAt, RUNNING_NUMBER_BITS, sourceIdOf } from "../sky/healpix";
import { absoluteG, absoluteMagnitudes, type Magnitudes } from "./colours";
import { type Distance, distanceFromParallax } from "./distance";
import { drawMotion, drawPosition, dustReddening, type Motion } from "./galaxy";
import { type GspPhot, gspPhotEstimate } from "./gspphot";
import {
  ALLWISE_PRECISION,
  GAIA_PRECISION,
  type Measurement,
  measure,
  parallaxError,
  SKYMAPPER_PRECISION,
  TWOMASS_PRECISION,
} from "./observe";
import { drawStar, type Star } from "./population";
import { type SurveyLabels, surveyLabels } from "./surveys";

/** Raised whenever the same seed would give other stars than before. */
export const SKY_VERSION = 1;
/** The component number of synthetic source_ids; Gaia's are 0 in every release so far, so the two cannot meet. */
export const SYNTHETIC_COMPONENT = 127;
/** Running numbers are the stars' own, so that no two share a source_id. */
export const MAX_STARS = 2 ** RUNNING_NUMBER_BITS;

/** [mag] brightest and faintest Gaia G */
const G_LIMITS = [8, 18] as const;
/** log10 of how many more stars there are a magnitude fainter: 0.6 in endless space, less in a disc */
const COUNT_SLOPE = 0.16;
/** [K] the range of the colour-Teff relations */
const TEFF_LIMITS = [4000, 7800] as const;
const FARTHEST_PC = 25_000;
/** [mag] a star behind more dust is not in the sky: E(B-V) */
const MOST_REDDENING = 2;
/** [deg] SkyMapper's northern limit (Onken et al. 2024) */
const SKYMAPPER_NORTH = 16;

/** Where a star stands: its true distance, position and dust. */
interface Place {
  readonly distancePc: number;
  readonly raDeg: number;
  readonly decDeg: number;
  /** E(B-V) of the dust model, which the catalogue knows [mag] */
  readonly ebv: number;
  /** E(B-V) that the star really has: dust is patchy [mag] */
  readonly trueEbv: number;
}

/** A star as the catalogues hold it, and what is true of it. */
export interface SyntheticStar {
  readonly index: number;
  readonly sourceId: bigint;
  readonly truth: Star & { readonly distancePc: number; readonly ebv: number; readonly motion: Motion };
  readonly raDeg: number;
  readonly decDeg: number;
  /** [mas] */
  readonly parallax: number;
  /** [mas] */
  readonly parallaxError: number;
  readonly pmra: number;
  readonly pmdec: number;
  readonly ruwe: number;
  readonly g: Measurement;
  readonly bp: Measurement | null;
  readonly rp: Measurement | null;
  readonly radialVelocity: { readonly value: number; readonly error: number } | null;
  readonly gspphot: GspPhot | null;
  readonly geometric: Distance;
  readonly photogeometric: Distance;
  readonly ebv: number;
  /** u, v, g, r, i, z; null for a star outside the survey */
  readonly skymapper: readonly (Measurement | null)[] | null;
  readonly twomass: readonly (Measurement | null)[] | null;
  readonly allwise: readonly (Measurement | null)[] | null;
  readonly labels: readonly SurveyLabels[];
}

/** G without reddening, from counts that rise tenfold in 1 / COUNT_SLOPE magnitudes. */
function drawBrightness(random: Random): number {
  const [bright, faint] = G_LIMITS.map((limit) => 10 ** (COUNT_SLOPE * limit)) as [number, number];
  return Math.log10(random.between(bright, faint)) / COUNT_SLOPE;
}

function drawPlace(random: Random, star: Star): Place | null {
  const distancePc = 10 ** ((drawBrightness(random) - absoluteG(star) + 5) / 5);
  if (distancePc > FARTHEST_PC) return null;
  const { l, b } = drawPosition(random, star.component, distancePc);
  const ebv = dustReddening(distancePc, b);
  const trueEbv = ebv * Math.exp(0.12 * random.normal());
  const { longitudeDeg: raDeg, latitudeDeg: decDeg } = angles(fromGalactic(direction(l, b)));
  return trueEbv > MOST_REDDENING ? null : { distancePc, raDeg, decDeg, ebv, trueEbv };
}

/** Draws stars until one is bright enough to be seen through its dust and within the relations' range. */
function drawVisibleStar(random: Random): { star: Star; place: Place; absolute: Magnitudes } {
  for (;;) {
    const star = drawStar(random);
    if (star.teff < TEFF_LIMITS[0] || star.teff > TEFF_LIMITS[1]) continue;
    const place = drawPlace(random, star);
    if (!place) continue;
    const absolute = absoluteMagnitudes(random, star);
    if (apparentG(absolute, place) <= G_LIMITS[1]) return { star, place, absolute };
  }
}

const gaiaMagnitude = (band: "g" | "bp" | "rp", absolute: Magnitudes, { distancePc, trueEbv }: Place) =>
  absolute[band] + distanceModulus(distancePc) + trueEbv * gaiaExtinctionPerReddening(band, absolute.bp - absolute.rp);
const apparentG = (absolute: Magnitudes, place: Place) => gaiaMagnitude("g", absolute, place);

const BANDS = {
  skymapper: ["skymapperU", "skymapperV", "skymapperG", "skymapperR", "skymapperI", "skymapperZ"],
  twomass: ["twomassJ", "twomassH", "twomassKs"],
  allwise: ["allwiseW1", "allwiseW2", "allwiseW3", "allwiseW4"],
} as const;
const PRECISIONS = { skymapper: SKYMAPPER_PRECISION, twomass: TWOMASS_PRECISION, allwise: ALLWISE_PRECISION };

/** @returns the survey's magnitudes; null if it has none of the star */
function measureAll(random: Random, survey: keyof typeof BANDS, absolute: Magnitudes, place: Place): (Measurement | null)[] | null {
  const modulus = distanceModulus(place.distancePc);
  const measured = BANDS[survey].map((band, i) =>
    measure(random, absolute[survey][i]! + modulus + place.trueEbv * EXTINCTION_PER_REDDENING[band], PRECISIONS[survey][i]!),
  );
  return measured.some((one) => one !== null) ? measured : null;
}

/** Gaia measures velocities of stars brighter than about G = 14.5 (Katz et al. 2023, A&A 674, A5). */
function measureVelocity(random: Random, radialVelocity: number, gMag: number): { value: number; error: number } | null {
  const error = Math.hypot(0.2, 6 * 10 ** (0.45 * (gMag - 14.5)));
  const value = radialVelocity + error * random.normal();
  return gMag < 14.5 && random.uniform() < 0.95 ? { value, error } : null;
}

function measureDistances(
  random: Random,
  parallax: number,
  error: number,
  truePc: number,
): Pick<SyntheticStar, "geometric" | "photogeometric"> {
  const geometric = distanceFromParallax(parallax, error);
  // Colours help where parallaxes end: about 15% at worst.
  const relative = Math.min(0.15, Math.log(geometric.high / geometric.median));
  const median = truePc * Math.exp(relative * random.normal());
  return { geometric, photogeometric: { median, low: median * Math.exp(-relative), high: median * Math.exp(relative) } };
}

/**
 * Makes one star of a synthetic sky from simple published relations. It depends on its seed and index alone.
 * Good for demonstrations, load tests and tests of machinery; never for a claim of accuracy.
 *
 * @param seed of the sky, 0 to 2^32 - 1
 * @param index of the star, 0 to MAX_STARS - 1
 */
export function syntheticStar(seed: number, index: number): SyntheticStar {
  const random = new Random(seed, index);
  const { star, place, absolute } = drawVisibleStar(random);
  const { raDeg, decDeg, distancePc, ebv, trueEbv } = place;
  const g = measure(random, apparentG(absolute, place), GAIA_PRECISION.g)!;
  const error = parallaxError(g.mag);
  const parallax = 1000 / distancePc + error * random.normal();
  const motion = drawMotion(random, star.component, raDeg, decDeg, distancePc);
  return {
    index,
    sourceId: sourceIdOf(pixelAt(raDeg, decDeg), index, SYNTHETIC_COMPONENT),
    truth: { ...star, distancePc, ebv: trueEbv, motion },
    raDeg,
    decDeg,
    parallax,
    parallaxError: error,
    pmra: motion.pmra + error * random.normal(),
    pmdec: motion.pmdec + error * random.normal(),
    ruwe: 1 + 0.05 * Math.abs(random.normal()) + (random.uniform() < 0.04 ? 2 * random.uniform() : 0),
    g,
    bp: measure(random, gaiaMagnitude("bp", absolute, place), GAIA_PRECISION.bp),
    rp: measure(random, gaiaMagnitude("rp", absolute, place), GAIA_PRECISION.rp),
    radialVelocity: measureVelocity(random, motion.radialVelocity, g.mag),
    gspphot: random.uniform() < 0.93 ? gspPhotEstimate(random, star, trueEbv) : null,
    ...measureDistances(random, parallax, error, distancePc),
    ebv,
    skymapper: decDeg < SKYMAPPER_NORTH ? measureAll(random, "skymapper", absolute, place) : null,
    twomass: measureAll(random, "twomass", absolute, place),
    allwise: measureAll(random, "allwise", absolute, place),
    labels: surveyLabels(random, star, g.mag, decDeg, motion.radialVelocity),
  };
}
