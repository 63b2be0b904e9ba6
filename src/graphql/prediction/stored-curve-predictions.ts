import { setImmediate as nextTurn } from "node:timers/promises";
import { PREDICTION_FLAGS } from "../../catalogue/prediction-flags";
import { type StoredCurve, storedCurve } from "../../features/light-curve/stored-curve";
import { predictFolded, setsFor } from "../../models/light-curve-predictions";
import type { ModelVersion } from "../../models/registry/registry";
import { type StarPrediction, unanswered } from "../../models/star-prediction";
import type { StarReads } from "../loading/star-reads";
import type { Services } from "../services";

/** A star without a light curve in G, or with one that cannot be used. */
const REFUSED = unanswered({ flags: 0, inputsMissing: [], inputsOutsideLimits: [] }, "no-input");

function withDoubt(prediction: StarPrediction, doubtful: boolean): StarPrediction {
  if (!doubtful) return prediction;
  const bit = PREDICTION_FLAGS.PERIOD_DOUBTFUL;
  const labels = prediction.labels.map((label) => ({ ...label, flags: label.flags | bit }));
  return { ...prediction, labels, flags: prediction.flags | bit };
}

async function predictStored(
  { folding, predictor }: Services,
  version: ModelVersion,
  { points, period, doubtful }: StoredCurve,
): Promise<StarPrediction> {
  const folded = await folding.fold({ points, periodDays: period, ...setsFor(version), withMean: false });
  const prediction = await predictFolded(predictor, version, folded);
  return prediction === null ? REFUSED : withDoubt(prediction, doubtful);
}

/**
 * Predictions of a model on light curves, from the stored light curves of stars in G.
 *
 * @returns in the ids' order
 * @throws AppError OVERLOADED, MODEL_UNAVAILABLE, ARTIFACT_TAMPERED
 */
export async function storedCurvePredictions(
  services: Services,
  reads: Pick<StarReads, "lightCurves" | "variability">,
  version: ModelVersion,
  sourceIds: readonly bigint[],
): Promise<StarPrediction[]> {
  const [curves, variability] = await Promise.all([reads.lightCurves.load(sourceIds), reads.variability.load(sourceIds)]);
  const answers: Promise<StarPrediction>[] = [];
  for (const index of sourceIds.keys()) {
    const stored = storedCurve(curves[index]!, variability[index]!);
    const answer = stored === null ? Promise.resolve(REFUSED) : predictStored(services, version, stored);
    // Awaited below with the others; until then a rejection must not count as unhandled.
    answer.catch(() => undefined);
    answers.push(answer);
    // The inputs of a light curve take a few milliseconds, so let other work run in between.
    if (stored !== null) await nextTurn();
  }
  return Promise.all(answers);
}
