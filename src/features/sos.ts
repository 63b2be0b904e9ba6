import type { StellarColumn, StellarRow } from "../catalogue/stellar-row";
import { EXTINCTION_PER_REDDENING } from "../science/extinction";
import { absoluteMagnitude } from "../science/photometry";
import type { FeatureSet, Input } from "./feature-set";

const BANDS = ["U", "V", "G", "R", "I", "Z"] as const;
type Band = (typeof BANDS)[number];

/** Inputs that are raw columns, with the names of the published tables. */
const DISTANCE: Plain[] = [["r_med_geo", "rMedGeo", "pc", "geometric distance"]];
const GAIA: Plain[] = [
  ["phot_bp_mean_mag", "photBpMeanMag", "mag", "Gaia BP"],
  ["phot_rp_mean_mag", "photRpMeanMag", "mag", "Gaia RP"],
];
const GSPPHOT: Plain[] = [
  ["teff_gspphot", "teffGspphot", "K", "GSP-Phot effective temperature"],
  ["teff_gspphot_err", "teffGspphotError", "K", "half of GSP-Phot's 16th to 84th percentile range of Teff"],
  ["mh_gspphot", "mhGspphot", "dex", "GSP-Phot [M/H]"],
  ["mh_gspphot_err", "mhGspphotError", "dex", "half of GSP-Phot's 16th to 84th percentile range of [M/H]"],
  ["logg_gspphot", "loggGspphot", "dex", "GSP-Phot surface gravity"],
  ["logg_gspphot_err", "loggGspphotError", "dex", "half of GSP-Phot's 16th to 84th percentile range of log g"],
];
type Plain = readonly [name: string, column: StellarColumn, unit: string, description: string];

interface Feature {
  readonly input: Input;
  readonly columns: readonly StellarColumn[];
  value(row: StellarRow): number;
}

const read = (row: StellarRow, column: StellarColumn): number => row[column] ?? Number.NaN;

const plain = ([name, column, unit, description]: Plain): Feature => ({
  input: { name, unit, description },
  columns: [column],
  value: (row) => read(row, column),
});

const absolute = (band: Band): Feature => ({
  input: { name: `${band}abs`, unit: "mag", description: `absolute SkyMapper ${band.toLowerCase()}, as reddened` },
  columns: [`skymapper${band}`, "rMedGeo"],
  value: (row) => absoluteMagnitude(read(row, `skymapper${band}`), read(row, "rMedGeo")),
});

const dereddened = (band: Band): Feature => ({
  input: { name: `${band}abs_nored`, unit: "mag", description: `absolute SkyMapper ${band.toLowerCase()}, de-reddened with E(B-V)` },
  columns: [`skymapper${band}`, "rMedGeo", "ebv"],
  value: (row) =>
    absoluteMagnitude(read(row, `skymapper${band}`), read(row, "rMedGeo"), EXTINCTION_PER_REDDENING[`skymapper${band}`] * read(row, "ebv")),
});

const photometricError = (band: Band): Feature =>
  plain([`e_${band.toLowerCase()}_psf`, `skymapper${band}Error`, "mag", `standard error of SkyMapper ${band.toLowerCase()}`]);

const FEATURES: readonly Feature[] = [
  ...DISTANCE.map(plain),
  ...GAIA.map(plain),
  ...BANDS.map(absolute),
  ...BANDS.map(dereddened),
  ...BANDS.map(photometricError),
  ...GSPPHOT.map(plain),
];

/**
 * The 27 inputs of the Survey-of-Surveys network: Gaia, SkyMapper, distance and GSP-Phot (Turchi et al. 2024,
 * arXiv:2412.05047). Every model trained on them depends on their order: never change it, define a new set instead.
 */
export const sosFeatures: FeatureSet = {
  name: "sos",
  inputs: FEATURES.map(({ input }) => input),
  columns: [...new Set(FEATURES.flatMap(({ columns }) => columns))],
  compute: (row) => Float64Array.from(FEATURES, (feature) => feature.value(row)),
};
