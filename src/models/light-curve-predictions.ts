import { PREDICTION_FLAGS } from "../catalogue/prediction-flags";
import { AppError } from "../errors";
import { isLightCurveFeatureSet, lightCurveFeatureSet } from "../features/light-curve/feature-sets";
import type { Folding, LightCurveDoubt } from "../features/light-curve/fold-light-curve";
import type { FoldableLightCurve, LightCurveFeatureSet } from "../features/light-curve/light-curve";
import { checkInputs } from "./check-inputs";
import type { Folded, ToFold } from "./folding/folded";
import { inTurns } from "./in-turns";
import { judgeInputs } from "./judge-inputs";
import type { Predictor } from "./predictor";
import type { Manifest } from "./registry/manifest";
import type { ModelVersion } from "./registry/registry";
import type { StarPrediction } from "./star-prediction";

/** Computing the inputs of one light curve takes about a millisecond. */
const CURVES_A_TURN = 4;

/** The feature sets to compute of a light curve for a version. */
export function setsFor({ manifest }: ModelVersion): Pick<ToFold, "featureSet" | "shapeSet"> {
  return { featureSet: manifest.featureSet.name, shapeSet: manifest.shape?.featureSet.name ?? null };
}

/** [curves, inputs], row by row. */
async function computeInputs(features: LightCurveFeatureSet, curves: readonly FoldableLightCurve[]): Promise<Float32Array> {
  const width = features.inputs.length;
  const inputs = new Float32Array(curves.length * width);
  await inTurns(curves.length, CURVES_A_TURN, (star) => inputs.set(features.compute(curves[star]!), star * width));
  return inputs;
}

/** @returns one row per curve; nulls if the version's own inputs show an unusual shape */
async function computeShapes({ manifest }: ModelVersion, curves: readonly FoldableLightCurve[]): Promise<(Float32Array | null)[]> {
  if (manifest.shape === undefined) return curves.map(() => null);
  const features = lightCurveFeatureSet(manifest.shape.featureSet.name);
  const width = features.inputs.length;
  const shapes = await computeInputs(features, curves);
  return curves.map((_, star) => shapes.subarray(star * width, (star + 1) * width));
}

function flagged(prediction: StarPrediction, bits: number): StarPrediction {
  const add = <Answer extends { readonly flags: number }>(answer: Answer): Answer => ({ ...answer, flags: answer.flags | bits });
  const { labels, classes, vectors } = prediction;
  return { ...add(prediction), labels: labels.map(add), classes: classes.map(add), vectors: vectors.map(add) };
}

/** Adds the light curve's doubts to the flags of the prediction. */
function withDoubts(prediction: StarPrediction, doubts: readonly LightCurveDoubt[]): StarPrediction {
  return flagged(
    prediction,
    doubts.reduce((flags, doubt) => flags | PREDICTION_FLAGS[doubt], 0),
  );
}

/** Flags a light curve whose shape lies outside those of the training stars. */
function withShape(prediction: StarPrediction, { shape: trained }: Manifest, shape: Float32Array | null): StarPrediction {
  const odd = trained && shape ? judgeInputs(trained, shape).inputsOutsideLimits : [];
  if (odd.length === 0) return prediction;
  const inputsOutsideLimits = [...new Set([...prediction.inputsOutsideLimits, ...odd])];
  return flagged({ ...prediction, inputsOutsideLimits }, PREDICTION_FLAGS.INPUT_OUTSIDE_LIMITS);
}

/** @throws AppError BAD_INPUT if the version does not take light curves in G */
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
  const curves = usable.map(({ curve }) => curve);
  const inputs = await computeInputs(features, curves);
  // The model runs in a thread of its own while this one computes the shapes.
  const [answers, shapes] = await Promise.all([predictor.predictInputs(version, inputs, usable.length), computeShapes(version, curves)]);
  const judged = answers.map((answer, star) => withShape(answer, version.manifest, shapes[star]!));
  const answered = new Map(usable.map((folding, star) => [folding as Folding, withDoubts(judged[star]!, folding.doubts)]));
  return foldings.map((folding) => answered.get(folding) ?? null);
}

/**
 * One light curve's answer, where its inputs are computed already.
 *
 * @param folded with what `setsFor` names
 * @returns null where the light curve was refused
 * @throws AppError as predictLightCurves does
 */
export async function predictFolded(
  predictor: Predictor,
  version: ModelVersion,
  { folding, inputs, shape }: Folded,
): Promise<StarPrediction | null> {
  if (folding.refusal !== null || inputs === null) return null;
  checkInputs(version, lightCurveFeatureSet(version.manifest.featureSet.name));
  const [answer] = await predictor.predictInputs(version, inputs, 1);
  return withDoubts(withShape(answer!, version.manifest, shape), folding.doubts);
}
