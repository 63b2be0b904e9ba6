import { NULL_TEXT } from "../../database/copy-text";
import { Random } from "../../science/random";
import type { SyntheticStar } from "../../science/synthetic-sky/synthetic-star";
import { PHOTOMETRIC_CATALOGUES } from "./catalogues";
import { copyArray, copyNumber } from "./copy-numbers";
import { starKey } from "./star-line";

type Labels = SyntheticStar["labels"][number];

/** Columns in the order of the lines below. */
export const PHOTOMETRY_COLUMNS = "catalogue_id, object_id, release, source_id, mag, mag_error";
export const CROSSMATCH_COLUMNS = "catalogue_id, object_id, release, source_id, separation, method";

/** Columns of survey_label behind the object's, with the decimals that a survey would print. */
const LABELS: readonly (readonly [column: string, decimals: number, value: (labels: Labels) => number | null])[] = [
  ["teff", 1, ({ teff }) => teff],
  ["teff_error", 1, ({ teffError }) => teffError],
  ["logg", 3, ({ logg }) => logg],
  ["logg_error", 3, ({ loggError }) => loggError],
  ["feh", 3, ({ feh }) => feh],
  ["feh_error", 3, ({ fehError }) => fehError],
  ["mh", 3, ({ mh }) => mh],
  ["mh_error", 3, ({ mhError }) => mhError],
  ["alpha_m", 3, ({ alphaM }) => alphaM],
  ["alpha_m_error", 3, ({ alphaMError }) => alphaMError],
  ["rv", 2, ({ radialVelocity }) => radialVelocity],
  ["rv_error", 2, ({ radialVelocityError }) => radialVelocityError],
  ["snr", 1, ({ snr }) => snr],
];
export const SURVEY_LABEL_COLUMNS = ["catalogue_id, object_id, release, source_id", ...LABELS.map(([column]) => column)].join(", ");

/** Lines of COPY text about one star in the catalogues other than Gaia. */
export interface ObjectLines {
  photometry: string;
  crossmatch: string;
  surveyLabel: string;
}

/** Marks the stream that separations are drawn from, so that they do not disturb the star's own. */
const SEPARATION_STREAM = 0x5eba7a7e;

type CatalogueIds = ReadonlyMap<string, number>;

const objectIdOf = (star: SyntheticStar) => String(star.index).padStart(8, "0");

function appendPhotometry(lines: ObjectLines, star: SyntheticStar, catalogueIds: CatalogueIds): void {
  const random = new Random(SEPARATION_STREAM, star.index);
  for (const { name, positionError, measurements } of PHOTOMETRIC_CATALOGUES) {
    const measured = measurements(star);
    if (!measured) continue;
    const object = `${catalogueIds.get(name)}\t${objectIdOf(star)}\t${starKey(star)}`;
    const magnitudes = measured.map((one) => one?.mag);
    const errors = measured.map((one) => one?.error);
    lines.photometry += `${object}\t${copyArray(magnitudes, 4)}\t${copyArray(errors, 4)}\n`;
    const separation = positionError * Math.hypot(random.normal(), random.normal());
    lines.crossmatch += `${object}\t${copyNumber(separation, 3)}\tposition\n`;
  }
}

function appendLabels(lines: ObjectLines, star: SyntheticStar, catalogueIds: CatalogueIds): void {
  for (const labels of star.labels) {
    const object = `${catalogueIds.get(labels.survey.name)}\t${objectIdOf(star)}\t${starKey(star)}`;
    lines.crossmatch += `${object}\t${NULL_TEXT}\tidentifier\n`;
    const values = LABELS.map(([, decimals, value]) => copyNumber(value(labels), decimals));
    lines.surveyLabel += `${object}\t${values.join("\t")}\n`;
  }
}

/** Appends the star's objects: their photometry, their labels and which star they are. */
export function appendObjects(lines: ObjectLines, star: SyntheticStar, catalogueIds: CatalogueIds): void {
  appendPhotometry(lines, star, catalogueIds);
  appendLabels(lines, star, catalogueIds);
}
