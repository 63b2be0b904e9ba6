import { predictLightCurves } from "../../src/models/light-curve-predictions";
import type { Predictor } from "../../src/models/predictor";
import type { ModelVersion } from "../../src/models/registry";
import { lightCurveFiles, readLightCurveFolder } from "../datasets/light-curve-folder";
import { writeAtomically } from "./atomic-file";
import { byteProgress, type OnProgress } from "./byte-progress";
import { lightCurveCsv } from "./light-curve-csv";
import { addToCount, NOTHING_PREDICTED, type PredictionCount, type PredictionSummary } from "./prediction-summary";
import { hasExtinctions } from "./star-distance";

/** Stars whose answers are written at once. */
const BATCH = 512;

/** @returns the array cut into parts of BATCH */
function* batchesOf<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let first = 0; first < items.length; first += BATCH) yield items.slice(first, first + BATCH);
}

/**
 * Predicts for the stars of a folder of light curves: one line a star, in the order of its stars.csv. The output
 * appears whole or not at all.
 *
 * @throws AppError NOT_FOUND or BAD_INPUT naming the file and its fault, and as predictLightCurves does
 */
export async function predictLightCurveFolder(
  predictor: Predictor,
  version: ModelVersion,
  folder: string,
  output: string,
  onProgress: OnProgress = () => undefined,
): Promise<PredictionSummary> {
  const onBytes = await byteProgress(await lightCurveFiles(folder), onProgress);
  const { idColumn, stars } = await readLightCurveFolder(folder, onBytes);
  const csv = lightCurveCsv(idColumn, version, hasExtinctions(stars));
  let count: PredictionCount = NOTHING_PREDICTED;
  await writeAtomically(output, async (write) => {
    await write(csv.header);
    for (const batch of batchesOf(stars)) {
      const answers = await predictLightCurves(predictor, version, batch);
      await write(batch.map((star, index) => csv.line(star, answers[index]!)).join(""));
      count = addToCount(count, answers);
      onProgress(count.stars, stars.length, "stars");
    }
  });
  return { model: version.model, version: version.version, output, ...count };
}
