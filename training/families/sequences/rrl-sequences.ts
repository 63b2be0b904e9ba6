import type { Database } from "../../../src/database/database";
import { POINTS_LAYOUT, rrlPointsFeatures } from "../../../src/features/light-curve/sequence/rrl-points";
import { RESAMPLED_LAYOUT, rrlResampledFeatures } from "../../../src/features/light-curve/sequence/rrl-resampled";
import { Registry } from "../../../src/models/registry/registry";
import { mean, standardDeviation } from "../../../src/science/statistics";
import type { Split } from "../../datasets/split";
import { earlierEstimate } from "../../evaluation/earlier-estimate";
import { evaluateLabel, type LabelPredictions } from "../../evaluation/error-statistics";
import { statedErrors } from "../../fit/calibration";
import type { LabelScale } from "../../fit/scales";
import { lightCurvesFigure } from "../../light-curves/figures/light-curves";
import { type LightCurveSet, readLightCurveSet } from "../../light-curves/light-curve-set";
import type { TrainingReport, Watch } from "../../recipe";
import { draftManifest, trainedInputs } from "../../register/manifest-draft";
import { crossFit } from "./fit/cross-fit";
import { memberOutputs } from "./fit/member-outputs";
import { type CrossValidation, calibrateOutOfFold, crossValidation, outOfFold, spreadOf } from "./fit/out-of-fold";
import { KERNEL_LIBRARY } from "./kernels/kernels";
import { normalisationOf, sharedLimits } from "./light-curves/curve-sample";
import { curvesToDraw } from "./light-curves/curves-to-draw";
import { exportSequenceEnsemble } from "./onnx/sequence-ensemble";
import { type PlanOptions, planSequences, type SequenceRecipe } from "./sequence-plan";

/** How a light curve is put before the networks. */
const INPUTS = {
  observed: { featureSet: rrlPointsFeatures, layout: POINTS_LAYOUT },
  resampled: { featureSet: rrlResampledFeatures, layout: RESAMPLED_LAYOUT },
} as const;

export type SequenceInput = keyof typeof INPUTS;
export const SEQUENCE_INPUTS = Object.keys(INPUTS) as readonly SequenceInput[];

/** What may be chosen. */
export interface SequenceOptions extends PlanOptions {
  /** folder of light curves */
  readonly data: string;
  /** the points as they were observed (when absent), or a spline through them, resampled */
  readonly input?: SequenceInput;
  /** name to register under */
  readonly model?: string;
  /** `cv_fold`s to leave out of the training altogether */
  readonly withoutFolds?: readonly number[];
}

/** Which stars were judged, and by which networks: each star by those that left its fold out. */
function splitOf({ fold, folds }: LightCurveSet, judged: Int32Array): Split {
  return { training: Int32Array.from(fold.keys()), test: judged, fold, folds };
}

function describe({ stars, rmse, stoppedOnScoredFoldRmse }: CrossValidation): string[] {
  return [
    `Cross-validation on ${stars} stars, each by networks that it had no part in: RMSE ${rmse.toFixed(4)} dex.`,
    `Had each network been stopped where it was best on the stars it is scored by, as the published ones are: ${stoppedOnScoredFoldRmse.toFixed(4)} dex.`,
  ];
}

/**
 * Trains an ensemble of networks on light curves by cross-validation and registers it as one ONNX file. Each network
 * leaves one fold out and goes to the end of its schedule, so that no star has a part in the network it is judged by.
 *
 * @param dataDir folder that holds the artifacts
 * @throws AppError BAD_INPUT, NOT_FOUND
 */
export async function trainSequences(
  database: Database,
  dataDir: string,
  recipe: SequenceRecipe,
  options: SequenceOptions,
  watch: Watch = {},
): Promise<TrainingReport> {
  // 1. The stars, their folds, and the one label.
  const model = options.model ?? recipe.recipe;
  const registry = new Registry(database, dataDir);
  await registry.checkName(model, recipe.recipe);
  const { featureSet, layout } = INPUTS[options.input ?? "observed"];
  const data = await readLightCurveSet(options.data, featureSet, options.withoutFolds);
  const reference = data.references[0]!;
  const { name, unit, column } = data.labels[0]!;
  const label: LabelScale = { name, mean: Math.fround(mean(reference!)), scale: Math.fround(standardDeviation(reference!)) };

  // 2. Networks that each leave one fold out.
  const plan = planSequences(recipe, layout, { ...data, reference }, label, options);
  const interrupt = watch.interrupt ?? new AbortController().signal;
  const members = await crossFit(plan, (done, total, note) => watch.onProgress?.(done, total, note), interrupt);

  // 3. How good they are on stars they never saw, and how far an answer is to be trusted.
  const unseen = outOfFold(members, label);
  const judged = Float64Array.from(unseen.rows, (row) => reference![row]!);
  const spread = spreadOf(memberOutputs(plan, members, unseen.rows), label);
  const calibration = calibrateOutOfFold(unseen, judged, spread, members.length);
  const split = splitOf(data, unseen.rows);
  const before = earlierEstimate(data, 0, unseen.rows, split);
  const error = statedErrors(spread, calibration);
  const predictions: LabelPredictions = { name, column, unit, reference: judged, predicted: unseen.predicted, error, before };
  const evaluations = [evaluateLabel(predictions)];
  const scores = crossValidation(members, label, reference!);

  // 4. One file and its manifest.
  const normalisation = normalisationOf(layout, plan.channels);
  const draft = draftManifest({
    ...{ model, recipe: recipe.recipe, data, split, normalisation, evaluations },
    members: members.length,
    seed: plan.seed,
    settings: {
      ...{ ...plan.settings, shape: plan.shape, harmonics: recipe.harmonics, repeats: plan.repeats },
      ...{ weightPower: recipe.weightPower, calibration },
      crossValidation: scores,
      interrupted: interrupt.aborted,
    },
    backend: { name: "sequence-kernels", libraries: KERNEL_LIBRARY },
  });
  const artifact = exportSequenceEnsemble({
    ...{ name: model, layout, harmonics: recipe.harmonics, normalisation, shape: plan.shape, label, calibration },
    members: members.map(({ weights }) => weights),
  });
  const shape = data.shapes && featureSet.judgedBy && trainedInputs(featureSet.judgedBy, data.shapes, split.training);
  const version = await registry.register({ ...draft, limits: sharedLimits(draft.limits, layout), ...(shape && { shape }) }, artifact);
  const title = `${model}@${version.version}`;
  const figures = [
    { name: "light-curves.svg", svg: lightCurvesFigure(curvesToDraw(plan.sample, data.ids, unseen.rows, predictions), title) },
  ];
  const interrupted = interrupt.aborted;
  return { version, evaluations, predictions: [predictions], repeatability: null, interrupted, notes: describe(scores), figures };
}
