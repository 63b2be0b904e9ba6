import type { StellarColumn, StellarRow } from "../catalogue/stellar-row";
import { EXTINCTION_PER_REDDENING, GAIA_EXTINCTION_PER_REDDENING, TOTAL_TO_SELECTIVE } from "../science/extinction";
import { absoluteMagnitude } from "../science/photometry";
import type { FeatureSet, Input } from "./feature-set";

/** A_band / E(B-V): these stars span BP - RP from 0.4 to 2.5. */
const BANDS = {
  G: { column: "photGMeanMag", coefficient: GAIA_EXTINCTION_PER_REDDENING.g },
  BP: { column: "photBpMeanMag", coefficient: GAIA_EXTINCTION_PER_REDDENING.bp },
  RP: { column: "photRpMeanMag", coefficient: GAIA_EXTINCTION_PER_REDDENING.rp },
  J: { column: "twomassJ", coefficient: EXTINCTION_PER_REDDENING.twomassJ },
  H: { column: "twomassH", coefficient: EXTINCTION_PER_REDDENING.twomassH },
  Ks: { column: "twomassKs", coefficient: EXTINCTION_PER_REDDENING.twomassKs },
  W1: { column: "allwiseW1", coefficient: EXTINCTION_PER_REDDENING.allwiseW1 },
  W2: { column: "allwiseW2", coefficient: EXTINCTION_PER_REDDENING.allwiseW2 },
} as const satisfies Record<string, { column: StellarColumn; coefficient: number }>;

type Band = keyof typeof BANDS;
type Magnitudes = Readonly<Record<Band, number>>;

interface Colour {
  readonly blue: Band;
  readonly red: Band;
  /** [mag] range of stars like those of the sample; beyond it the detector was saturated or two stars were merged */
  readonly believable: readonly [min: number, max: number];
}

const COLOURS: readonly Colour[] = [
  { blue: "BP", red: "RP", believable: [-1, 6] },
  { blue: "G", red: "BP", believable: [-4, 1] },
  { blue: "G", red: "RP", believable: [-1, 2] },
  { blue: "BP", red: "Ks", believable: [-1, 10] },
  { blue: "G", red: "Ks", believable: [-1, 9] },
  { blue: "RP", red: "J", believable: [-0.5, 3] },
  { blue: "J", red: "H", believable: [-0.15, 1.2] },
  { blue: "J", red: "Ks", believable: [-0.2, 1.6] },
  { blue: "H", red: "Ks", believable: [-0.15, 0.5] },
  { blue: "Ks", red: "W1", believable: [-0.15, 0.35] },
  { blue: "W1", red: "W2", believable: [-0.3, 0.25] },
  { blue: "G", red: "W1", believable: [-1, 9] },
];

const ABSOLUTE: readonly Band[] = ["Ks", "G", "BP", "W1"];

const COLUMNS: readonly StellarColumn[] = ["parallax", "av", ...Object.values(BANDS).map(({ column }) => column)];

const read = (row: StellarRow, column: StellarColumn): number => row[column] ?? Number.NaN;

/** Apparent magnitudes corrected for `reddening` E(B-V) [mag]. */
function magnitudes(row: StellarRow, reddening: number): Magnitudes {
  const entries = Object.entries(BANDS).map(([band, { column, coefficient }]) => [band, read(row, column) - coefficient * reddening]);
  return Object.fromEntries(entries) as Magnitudes;
}

function colour(mags: Magnitudes, { blue, red, believable: [min, max] }: Colour): number {
  const value = mags[blue] - mags[red];
  return value >= min && value <= max ? value : Number.NaN;
}

/** Colours and absolute magnitudes of one set of magnitudes. */
function photometry(mags: Magnitudes, parallax: number): number[] {
  // A parallax that is not positive gives no distance.
  const distancePc = parallax > 0 ? 1000 / parallax : Number.NaN;
  return [...COLOURS.map((one) => colour(mags, one)), ...ABSOLUTE.map((band) => absoluteMagnitude(mags[band], distancePc))];
}

/**
 * 10^(0.2 M) from the parallax [mas] and the apparent magnitude: a form of absolute magnitude that is linear in the parallax,
 * like its error, and finite if the parallax is zero or negative (Arenou & Luri 1999, ASP Conf. 167, 13).
 */
function astrometricLuminosity(mag: number, parallax: number): number {
  return parallax * 10 ** (0.2 * mag - 2);
}

function compute(row: StellarRow): Float64Array {
  const parallax = read(row, "parallax");
  const av = read(row, "av");
  const observed = magnitudes(row, 0);
  const intrinsic = magnitudes(row, av / TOTAL_TO_SELECTIVE);
  return Float64Array.from([
    ...photometry(observed, parallax),
    ...photometry(intrinsic, parallax),
    astrometricLuminosity(observed.G, parallax),
    astrometricLuminosity(intrinsic.Ks, parallax),
    parallax > 0 ? Math.log10(parallax) : Number.NaN,
    av,
  ]);
}

function photometryInputs(suffix: string, words: string): Input[] {
  return [
    ...COLOURS.map(({ blue, red }) => ({ name: `${blue}-${red}${suffix}`, unit: "mag", description: `${blue} - ${red}, ${words}` })),
    ...ABSOLUTE.map((band) => ({ name: `M_${band}${suffix}`, unit: "mag", description: `absolute ${band} by the parallax, ${words}` })),
  ];
}

/**
 * Gaia, 2MASS and AllWISE photometry with a parallax and A_V: every colour and absolute magnitude twice, as observed and
 * de-reddened, because A_V is itself an estimate that the network may weigh. Apparent magnitudes are left out: they reflect
 * the survey's selection, not the star.
 */
export const raveApogeeFeatures: FeatureSet = {
  name: "rave-apogee",
  inputs: [
    ...photometryInputs("", "as observed"),
    ...photometryInputs("_0", "de-reddened by A_V"),
    { name: "astrometric_luminosity_G", unit: "-", description: "10^(0.2 M_G) by the parallax, as observed" },
    { name: "astrometric_luminosity_Ks_0", unit: "-", description: "10^(0.2 M_Ks) by the parallax, de-reddened by A_V" },
    { name: "log_parallax", unit: "dex", description: "log10 of the parallax in mas" },
    { name: "av", unit: "mag", description: "extinction in V" },
  ],
  columns: COLUMNS,
  compute,
};
