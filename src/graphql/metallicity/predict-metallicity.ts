import { flagNames, PREDICTION_FLAGS } from "../../catalogue/prediction-flags";
import type { Folding } from "../../features/light-curve/fold-light-curve";
import type { LightCurvePoints } from "../../features/light-curve/light-curve";
import { predictFolded, setsFor } from "../../models/light-curve-predictions";
import type { ModelVersion } from "../../models/registry/registry";
import type { StarPrediction } from "../../models/star-prediction";
import type { Measured } from "../../science/measured";
import { rrLyraeDistance } from "../../science/rr-lyrae/distance";
import type { Context } from "../context";
import {
  METALLICITY_REFUSALS,
  type MetallicityRefusal,
  type MetallicityType,
  type PeriodSource,
  type RrLyraeDistanceType,
} from "./metallicity.type";

/** A light curve, and what is known of its period. */
export interface ToPredict {
  readonly points: LightCurvePoints;
  /** [d] null: search for it */
  readonly period: number | null;
  readonly periodSource: `${PeriodSource}`;
  /** whether a period that is known may be another one */
  readonly doubtful: boolean;
  /** A_G [mag] null if the distance is not asked for */
  readonly extinctionG: Measured | null;
}

/** What an answer says whether or not there is a metallicity. */
function answered(modelVersion: ModelVersion, { points, periodSource }: ToPredict, { curve }: Folding) {
  return {
    modelVersion,
    period: curve?.periodDays ?? null,
    periodSource: curve ? periodSource : null,
    points: points.mag.length,
    pointsUsed: curve?.phase.length ?? 0,
  };
}

const NOTHING = { feh: null, fehError: null, flags: [], inputsMissing: [], inputsOutsideLimits: [], distance: null };
const refused = (refusal: MetallicityRefusal) => ({ ...NOTHING, refusal, message: METALLICITY_REFUSALS[refusal] });

function distanceOf(mean: Measured | null, feh: Measured, extinctionG: Measured | null): RrLyraeDistanceType | null {
  if (mean === null || extinctionG === null) return null;
  const { modulus, distancePc } = rrLyraeDistance(mean, feh, extinctionG);
  return {
    ...{ distanceModulus: modulus.value, distanceModulusError: modulus.error },
    ...{ distance: distancePc.value, distanceError: distancePc.error, meanMag: mean.value },
  };
}

function predicted(prediction: StarPrediction, mean: Measured | null, { doubtful, extinctionG }: ToPredict) {
  const label = prediction.labels.find((one) => one.label === "feh");
  if (!label) return refused("NO_ANSWER");
  const feh = { value: label.value, error: label.uncertainty };
  return {
    ...{ feh: feh.value, fehError: feh.error, refusal: null, message: null },
    flags: flagNames(label.flags | (doubtful ? PREDICTION_FLAGS.PERIOD_DOUBTFUL : 0)),
    inputsMissing: prediction.inputsMissing,
    inputsOutsideLimits: prediction.inputsOutsideLimits,
    distance: distanceOf(mean, feh, extinctionG),
  };
}

/**
 * Folds a light curve, computes the model's inputs as training did, and asks the model.
 *
 * @throws AppError OVERLOADED, MODEL_UNAVAILABLE, ARTIFACT_TAMPERED
 */
export async function predictMetallicity(context: Context, version: ModelVersion, asked: ToPredict): Promise<MetallicityType> {
  const { points, period, extinctionG } = asked;
  const folded = await context.folding.fold({ points, periodDays: period, ...setsFor(version), withMean: extinctionG !== null });
  const common = answered(version, asked, folded.folding);
  const prediction = await predictFolded(context.predictor, version, folded);
  if (prediction === null) return { ...common, ...refused(folded.folding.refusal ?? "NO_ANSWER") };
  return { ...common, ...predicted(prediction, folded.mean, asked) };
}
