import { writeAtomically } from "../../src/catalogue/bulk/atomic-file";
import { flagNames } from "../../src/catalogue/prediction-flags";
import { predictLightCurves } from "../../src/models/light-curve-predictions";
import type { Predictor } from "../../src/models/predictor";
import type { ModelVersion } from "../../src/models/registry/registry";
import type { StarPrediction } from "../../src/models/star-prediction";
import { byteProgress, type OnProgress } from "../predict/byte-progress";
import { addToCount, NOTHING_PREDICTED, type PredictionCount, type PredictionSummary } from "../predict/prediction-summary";
import { lightCurveCsv, metallicityOf } from "./light-curve-csv";
import { type LightCurveStar, lightCurveFiles, readLightCurveFolder } from "./light-curve-folder";
import { type PredictedCurve, predictedCurvesFigure } from "./predicted-curves";
import { hasExtinctions } from "./star-distance";

/** Light curves of a figure. */
const FIGURE_STARS = 24;
/** Stars whose answers are written at once. */
const BATCH = 512;

/** @returns the array cut into parts of BATCH */
function* batchesOf<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let first = 0; first < items.length; first += BATCH) yield items.slice(first, first + BATCH);
}

/** @returns the first stars whose light curves could be used, with what was predicted of them */
function predictedCurves(stars: readonly LightCurveStar[], answers: readonly (StarPrediction | null)[], most: number): PredictedCurve[] {
  const curves = stars.flatMap((star, index): PredictedCurve[] => {
    const answer = answers[index]!;
    return star.refusal === null ? [{ star, feh: metallicityOf(answer), flags: flagNames(answer?.flags ?? 0).join("|") }] : [];
  });
  return curves.slice(0, most);
}

/**
 * Predicts for the stars of a folder of light curves: one line a star, in the order of its stars.csv. The output
 * appears whole or not at all.
 *
 * @param figure SVG file to draw the first light curves to, with what was predicted
 * @throws AppError NOT_FOUND or BAD_INPUT naming the file and its fault, and as predictLightCurves does
 */
export async function predictLightCurveFolder(
  predictor: Predictor,
  version: ModelVersion,
  folder: string,
  output: string,
  onProgress: OnProgress = () => undefined,
  figure?: string,
): Promise<PredictionSummary> {
  const onBytes = await byteProgress(await lightCurveFiles(folder), onProgress);
  const shown: PredictedCurve[] = [];
  let count: PredictionCount = NOTHING_PREDICTED;
  await writeAtomically(output, async (write) => {
    const { idColumn, stars } = await readLightCurveFolder(folder, onBytes, (done, total) => onProgress(done, total, "folded"));
    const csv = lightCurveCsv(idColumn, version, hasExtinctions(stars));
    await write(csv.header);
    for (const batch of batchesOf(stars)) {
      const answers = await predictLightCurves(predictor, version, batch);
      await write(batch.map((star, index) => csv.line(star, answers[index]!)).join(""));
      if (figure !== undefined) shown.push(...predictedCurves(batch, answers, FIGURE_STARS - shown.length));
      count = addToCount(count, answers);
      onProgress(count.stars, stars.length, "stars");
    }
  });
  if (figure !== undefined)
    await writeAtomically(figure, (write) => write(predictedCurvesFigure(shown, `${version.model}@${version.version}`)));
  return { model: version.model, version: version.version, output, ...count };
}
