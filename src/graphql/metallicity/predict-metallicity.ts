import { flagNames } from "../../catalogue/prediction-flags";
import { LIGHT_CURVE, type ObservedCurve, type ReadyCurve } from "../../modalities/light-curve/light-curve";
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
  readonly observed: ObservedCurve;
  readonly periodSource: `${PeriodSource}`;
  /** A_G [mag] null if the distance is not asked for */
  readonly extinctionG: Measured | null;
}

/** What an answer says whether or not there is a metallicity. */
function answered(modelVersion: ModelVersion, { observed, periodSource }: ToPredict, ready: ReadyCurve | null) {
  return {
    modelVersion,
    period: ready?.curve.periodDays ?? null,
    periodSource: ready ? periodSource : null,
    points: observed.points.mag.length,
    pointsUsed: ready?.curve.phase.length ?? 0,
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

function predicted(prediction: StarPrediction, mean: Measured | null, { extinctionG }: ToPredict) {
  const label = prediction.labels.find((one) => one.label === "feh");
  if (!label) return refused("NO_ANSWER");
  const feh = { value: label.value, error: label.uncertainty };
  return {
    ...{ feh: feh.value, fehError: feh.error, refusal: null, message: null },
    flags: flagNames(label.flags),
    inputsMissing: prediction.inputsMissing,
    inputsOutsideLimits: prediction.inputsOutsideLimits,
    distance: distanceOf(mean, feh, extinctionG),
  };
}

/**
 * Asks the model about a light curve.
 *
 * @throws AppError BAD_INPUT if the model looks at something else; OVERLOADED, MODEL_UNAVAILABLE, ARTIFACT_TAMPERED
 */
export async function predictMetallicity({ predictor }: Context, version: ModelVersion, asked: ToPredict): Promise<MetallicityType> {
  const [prepared] = await predictor.prepare(LIGHT_CURVE, version, [{ ...asked.observed, withMean: asked.extinctionG !== null }]);
  if (prepared!.refusal !== null) return { ...answered(version, asked, null), ...refused(prepared!.refusal) };
  const { ready } = prepared!;
  const [prediction] = await predictor.predictPrepared(version, [prepared!]);
  return { ...answered(version, asked, ready), ...predicted(prediction!, ready.mean, asked) };
}
