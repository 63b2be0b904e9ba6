import { availableParallelism } from "node:os";
import type { Database } from "../../../src/database/database";
import { POINTS_LAYOUT, rrlPointsFeatures } from "../../../src/features/light-curve/sequence/rrl-points";
import { RESAMPLED_LAYOUT, rrlResampledFeatures } from "../../../src/features/light-curve/sequence/rrl-resampled";
import type { SequenceLayout } from "../../../src/features/light-curve/sequence/sequence-inputs";
import { Registry } from "../../../src/models/registry/registry";
import { Random } from "../../../src/science/random";
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
import { type CrossFitPlan, crossFit, type Member } from "./fit/cross-fit";
import { CHUNK, predictSequences } from "./fit/fit-sequences";
import type { FitSettings } from "./fit/fit-task";
import { labelWeights } from "./fit/label-weights";
import { type CrossValidation, calibrateOutOfFold, crossValidation, outOfFold, spreadOf } from "./fit/out-of-fold";
import { KERNEL_LIBRARY } from "./kernels/kernels";
import { channelCount, channelsFor, curveSample, normalisationOf, sequencesOf, sharedLimits } from "./light-curves/curve-sample";
import { curvesToDraw } from "./light-curves/curves-to-draw";
import { buildNetwork, type NetworkShape } from "./network-shape";
import { exportSequenceEnsemble } from "./onnx/sequence-ensemble";
import { capacityFor, restore } from "./sequence-network";

/** What a recipe of networks on light curves decides. */
export interface SequenceRecipe {
  readonly recipe: string;
  /** @param channels numbers a point carries */
  readonly shape: (channels: number) => NetworkShape;
  /** multiples of the phase whose sine and cosine each point carries */
  readonly harmonics: number;
  readonly settings: FitSettings;
  /** networks a fold */
  readonly repeats: number;
  /** power of the label's density that a star is weighed by */
  readonly weightPower: number;
}

/** How a light curve is put before the networks. */
const INPUTS = {
  observed: { featureSet: rrlPointsFeatures, layout: POINTS_LAYOUT },
  resampled: { featureSet: rrlResampledFeatures, layout: RESAMPLED_LAYOUT },
} as const;

export type SequenceInput = keyof typeof INPUTS;
export const SEQUENCE_INPUTS = Object.keys(INPUTS) as readonly SequenceInput[];

/** What may be chosen. */
export interface SequenceOptions {
  /** folder of light curves */
  readonly data: string;
  /** the points as they were observed (when absent), or a spline through them, resampled */
  readonly input?: SequenceInput;
  /** name to register under */
  readonly model?: string;
  readonly seed?: number;
  /** so many of the folds are left out in turn; all when absent */
  readonly folds?: number;
  /** `cv_fold`s to leave out of the training altogether */
  readonly withoutFolds?: readonly number[];
  /** networks a fold */
  readonly repeats?: number;
  readonly epochs?: number;
  /** networks that are fitted at once */
  readonly threads?: number;
}

function planOf(
  recipe: SequenceRecipe,
  layout: SequenceLayout,
  data: LightCurveSet,
  label: LabelScale,
  options: SequenceOptions,
): CrossFitPlan {
  const { harmonics, settings } = recipe;
  const reference = data.references[0]!;
  const sample = curveSample(layout, data.inputs);
  return {
    sample,
    channels: channelsFor(sample, harmonics),
    label: Float32Array.from(reference, (value) => (value - label.mean) / label.scale),
    weight: labelWeights(reference, recipe.weightPower),
    shape: recipe.shape(channelCount(harmonics)),
    fold: data.fold,
    heldFolds: Array.from({ length: Math.min(options.folds ?? data.folds, data.folds) }, (_, fold) => fold),
    repeats: options.repeats ?? recipe.repeats,
    settings: { ...settings, epochs: options.epochs ?? settings.epochs },
    seed: options.seed ?? 1,
    threads: options.threads ?? availableParallelism(),
  };
}

/** [members][rows] what each member says of the stars, of order one. */
function memberOutputs({ sample, channels, shape }: CrossFitPlan, members: readonly Member[], rows: Int32Array): Float32Array[] {
  const network = buildNetwork(shape, capacityFor(sample.starts, CHUNK), new Random(0));
  const sequences = sequencesOf(sample, channels);
  return members.map(({ weights }) => {
    restore(network, weights);
    return predictSequences(network, sequences, rows);
  });
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
  const plan = planOf(recipe, layout, data, label, options);
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
