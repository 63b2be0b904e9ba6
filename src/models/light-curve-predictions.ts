import { AppError } from "../errors";
import { isLightCurveFeatureSet, lightCurveFeatureSet } from "../features/light-curve/feature-sets";
import type { Folding, LightCurveDoubt } from "../features/light-curve/fold-light-curve";
import type { FoldableLightCurve, LightCurveFeatureSet } from "../features/light-curve/light-curve";
import { checkInputs } from "./check-inputs";
import { PREDICTION_FLAGS } from "./flags";
import { inTurns } from "./in-turns";
import type { Predictor } from "./predictor";
import type { ModelVersion } from "./registry/registry";
import type { StarPrediction } from "./star-prediction";

/** A light curve's features take about a millisecond. */
const CURVES_A_TURN = 4;

async function computeInputs(features: LightCurveFeatureSet, curves: readonly FoldableLightCurve[]): Promise<Float32Array> {
  const width = features.inputs.length;
  const inputs = new Float32Array(curves.length * width);
  await inTurns(curves.length, CURVES_A_TURN, (star) => inputs.set(features.compute(curves[star]!), star * width));
  return inputs;
}

/** Adds what is doubtful about the light curve to the flags of the answer. */
function withDoubts(prediction: StarPrediction, doubts: readonly LightCurveDoubt[]): StarPrediction {
  const bits = doubts.reduce((flags, doubt) => flags | PREDICTION_FLAGS[doubt], 0);
  const labels = prediction.labels.map((label) => ({ ...label, flags: label.flags | bits }));
  return { ...prediction, flags: prediction.flags | bits, labels };
}

/** @throws AppError BAD_INPUT where the version takes something else than a light curve in G */
function featuresOf({ model, version, manifest }: ModelVersion): LightCurveFeatureSet {
  const { name } = manifest.featureSet;
  if (isLightCurveFeatureSet(name)) return lightCurveFeatureSet(name);
  throw new AppError(
    "BAD_INPUT",
    `${model}@${version} takes the inputs '${name}', which are not of a light curve in G. Name a model that was trained on Gaia's light curves.`,
  );
}

/**
 * The way from light curves to predicted labels, for GraphQL and the command line: the feature set that the version
 * was trained with, then as Predictor does with any star.
 *
 * @param foldings as `foldLightCurve` judged them
 * @returns one answer a folding, in order; null for those that were refused
 * @throws AppError BAD_INPUT where the version takes no light curves in G; OVERLOADED, MODEL_UNAVAILABLE, ARTIFACT_TAMPERED
 */
export async function predictLightCurves(
  predictor: Predictor,
  version: ModelVersion,
  foldings: readonly Folding[],
): Promise<(StarPrediction | null)[]> {
  const features = featuresOf(version);
  checkInputs(version, features);
  const usable = foldings.filter((folding) => folding.refusal === null);
  const inputs = await computeInputs(
    features,
    usable.map(({ curve }) => curve),
  );
  const answers = await predictor.predictInputs(version, inputs, usable.length);
  const answered = new Map(usable.map((folding, index) => [folding as Folding, withDoubts(answers[index]!, folding.doubts)]));
  return foldings.map((folding) => answered.get(folding) ?? null);
}

/**
 * One light curve's answer, where its inputs are computed already.
 *
 * @param inputs as the version's feature set computes them
 * @throws AppError as predictLightCurves does
 */
export async function predictFolded(
  predictor: Predictor,
  version: ModelVersion,
  inputs: Float32Array,
  doubts: readonly LightCurveDoubt[],
): Promise<StarPrediction> {
  checkInputs(version, lightCurveFeatureSet(version.manifest.featureSet.name));
  const [answer] = await predictor.predictInputs(version, inputs, 1);
  return withDoubts(answer!, doubts);
}
