import { NULL_TEXT } from "../../database/copy-text";
import { Random } from "../../science/random";
import type { SyntheticStar } from "../../science/synthetic-sky/synthetic-star";
import { PHOTOMETRIC_CATALOGUES } from "./catalogues";
import { copyArray, copyNumber } from "./copy-numbers";
import { starKey } from "./star-line";

/** Columns in the order of the lines below. */
export const PHOTOMETRY_COLUMNS = "catalogue_id, object_id, release, source_id, mag, mag_error";
export const CROSSMATCH_COLUMNS = "catalogue_id, object_id, release, source_id, separation, method";
export const SURVEY_LABEL_COLUMNS =
  "catalogue_id, object_id, release, source_id, teff, teff_error, logg, logg_error, feh, feh_error, mh, mh_error, alpha_m, alpha_m_error, rv, rv_error, snr";

/** Lines of COPY text about one star in the catalogues other than Gaia. */
export interface ObjectLines {
  photometry: string;
  crossmatch: string;
  surveyLabel: string;
}

/** Marks the stream that separations are drawn from, so that they do not disturb the star's own. */
const SEPARATION_STREAM = 0x5eba7a7e;

/** Appends the star's objects: their photometry, their labels and which star they are. */
export function appendObjects(lines: ObjectLines, star: SyntheticStar, catalogueIds: ReadonlyMap<string, number>): void {
  const key = starKey(star);
  const objectId = String(star.index).padStart(8, "0");
  const random = new Random(SEPARATION_STREAM, star.index);
  for (const { name, positionError, measurements } of PHOTOMETRIC_CATALOGUES) {
    const measured = measurements(star);
    if (!measured) continue;
    const object = `${catalogueIds.get(name)}\t${objectId}\t${key}`;
    const magnitudes = measured.map((one) => one?.mag);
    const errors = measured.map((one) => one?.error);
    lines.photometry += `${object}\t${copyArray(magnitudes, 4)}\t${copyArray(errors, 4)}\n`;
    const separation = positionError * Math.hypot(random.normal(), random.normal());
    lines.crossmatch += `${object}\t${copyNumber(separation, 3)}\tposition\n`;
  }
  for (const labels of star.labels) {
    const object = `${catalogueIds.get(labels.survey.name)}\t${objectId}\t${key}`;
    lines.crossmatch += `${object}\t${NULL_TEXT}\tidentifier\n`;
    const values = [
      copyNumber(labels.teff, 1),
      copyNumber(labels.teffError, 1),
      copyNumber(labels.logg, 3),
      copyNumber(labels.loggError, 3),
      copyNumber(labels.feh, 3),
      copyNumber(labels.fehError, 3),
      copyNumber(labels.mh, 3),
      copyNumber(labels.mhError, 3),
      copyNumber(labels.alphaM, 3),
      copyNumber(labels.alphaMError, 3),
      copyNumber(labels.radialVelocity, 2),
      copyNumber(labels.radialVelocityError, 2),
      copyNumber(labels.snr, 1),
    ];
    lines.surveyLabel += `${object}\t${values.join("\t")}\n`;
  }
}
