import { flagNames } from "../../src/catalogue/prediction-flags";
import { lightCurveFeatureSet } from "../../src/features/light-curve/feature-sets";
import { LIGHT_CURVE, type ObservedCurve, type ReadyCurve } from "../../src/modalities/light-curve/light-curve";
import type { Prepared } from "../../src/modalities/modality";
import { byteProgress } from "../files/byte-progress";
import type { FileModality, InputFigure, PredictedStar } from "../files/file-modality";
import { lightCurveCsv, metallicityOf } from "./light-curve-csv";
import { lightCurveFiles, type ObservedStar, readLightCurveFolder, readObservedStars } from "./light-curve-folder";
import { onlyFolds } from "./light-curve-part";
import { fromLightCurveFolder } from "./light-curve-training-set";
import { type PredictedCurve, predictedCurvesFigure } from "./predicted-curves";
import { hasExtinctions } from "./star-distance";

/** Light curves of a figure. */
const FIGURE_STARS = 24;
/** Stars whose answers are written at once. */
const BATCH = 512;

async function* batchesOf<T>(items: readonly T[]): AsyncGenerator<readonly T[]> {
  for (let first = 0; first < items.length; first += BATCH) yield items.slice(first, first + BATCH);
}

/** @returns null if the light curve was refused */
const curveOf = (prepared: Prepared) => (prepared.refusal === null ? (prepared.ready as ReadyCurve).curve : null);

const observed = ({ points, periodDays }: ObservedStar): ObservedCurve => ({
  points,
  period: Number.isNaN(periodDays) ? null : periodDays,
  doubtful: false,
});

function drawn({ star, prepared, prediction }: PredictedStar<ObservedStar>): PredictedCurve[] {
  const curve = curveOf(prepared);
  const flags = flagNames(prediction.flags).join("|");
  return curve ? [{ star: { sourceId: star.sourceId, curve }, feh: metallicityOf(prediction), flags }] : [];
}

const FIGURE: InputFigure<ObservedStar> = {
  stars: FIGURE_STARS,
  draw: (predicted, title) => predictedCurvesFigure(predicted.flatMap(drawn), title),
};

/** Folders of light curves: stars.csv and light_curves.csv.gz; one line a star, in the order of stars.csv. */
export const LIGHT_CURVE_FILES: FileModality<ObservedStar> = {
  modality: LIGHT_CURVE,
  figure: FIGURE,
  async openInput(input, _predictor, version, { onProgress }) {
    const onBytes = await byteProgress(await lightCurveFiles(input), onProgress);
    const { idColumn, stars } = await readObservedStars(input, onBytes);
    const csv = lightCurveCsv(idColumn, version, hasExtinctions(stars));
    return {
      columns: csv.columns,
      total: stars.length,
      batches: batchesOf(stars),
      observed,
      line: ({ star, prepared, prediction }) => csv.line({ ...star, curve: curveOf(prepared) }, prediction),
    };
  },
  async readLabelled(place, { featureSet }, { folds }) {
    const folder = await readLightCurveFolder(place);
    return fromLightCurveFolder(folds === undefined ? folder : onlyFolds(folder, folds), lightCurveFeatureSet(featureSet.name));
  },
};
