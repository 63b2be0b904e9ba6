import { availableParallelism } from "node:os";
import type { SequenceLayout } from "../../../src/features/light-curve/sequence/sequence-inputs";
import type { LabelScale } from "../../fit/scales";
import type { CrossFitPlan } from "./fit/cross-fit";
import type { FitSettings } from "./fit/fit-task";
import { labelWeights } from "./fit/label-weights";
import { channelCount, channelsFor, curveSample } from "./light-curves/curve-sample";
import type { NetworkShape } from "./network-shape";

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

/** What may be chosen of a cross-validation. */
export interface PlanOptions {
  readonly seed?: number;
  /** so many of the folds are left out in turn; all when absent */
  readonly folds?: number;
  /** networks a fold */
  readonly repeats?: number;
  readonly epochs?: number;
  /** networks that are fitted at once */
  readonly threads?: number;
}

/** Light curves to learn from, and the one label. */
export interface SequenceData {
  /** [stars, columns] of a feature set with a sequence layout */
  readonly inputs: Float32Array;
  /** [stars] in the label's unit */
  readonly reference: Float64Array;
  /** [stars] 0 <= fold < folds */
  readonly fold: Uint8Array;
  readonly folds: number;
}

/** Networks that each leave one fold out. */
export function planSequences(
  recipe: SequenceRecipe,
  layout: SequenceLayout,
  { inputs, reference, fold, folds }: SequenceData,
  label: LabelScale,
  options: PlanOptions,
): CrossFitPlan {
  const { harmonics, settings } = recipe;
  const sample = curveSample(layout, inputs);
  return {
    sample,
    channels: channelsFor(sample, harmonics),
    label: Float32Array.from(reference, (value) => (value - label.mean) / label.scale),
    weight: labelWeights(reference, recipe.weightPower),
    shape: recipe.shape(channelCount(harmonics)),
    fold,
    heldFolds: Array.from({ length: Math.min(options.folds ?? folds, folds) }, (_, one) => one),
    repeats: options.repeats ?? recipe.repeats,
    settings: { ...settings, epochs: options.epochs ?? settings.epochs },
    seed: options.seed ?? 1,
    threads: options.threads ?? availableParallelism(),
  };
}
