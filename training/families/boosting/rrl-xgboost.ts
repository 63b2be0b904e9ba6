import { setImmediate as nextTurn } from "node:timers/promises";
import type { Database } from "../../../src/database/database";
import { rrlShapeFeatures } from "../../../src/features/light-curve/rrl-shape";
import { Registry } from "../../../src/models/registry/registry";
import { mean, rootMeanSquare, standardDeviation } from "../../../src/science/statistics";
import { earlierEstimate } from "../../evaluation/earlier-estimate";
import { evaluateLabel, type LabelPredictions } from "../../evaluation/error-statistics";
import { normalisationOf, normalise, REACH } from "../../fit/normalise";
import type { LabelScale, Normalisation } from "../../fit/scales";
import { type LightCurveSet, readLightCurveSet } from "../../light-curves/light-curve-set";
import type { TrainingReport, Watch } from "../../recipe";
import { draftManifest } from "../../register/manifest-draft";
import { openXgboost } from "../../xgboost/library";
import type { BoostedSample } from "./boosted-sample";
import { exportBoostedTrees } from "./boosted-trees";
import { crossValidate } from "./cross-validate";
import { fitEnsemble, SEEDS } from "./fit-ensemble";
import { fitErrors } from "./fit-errors";
import type { Senses } from "./tree-settings";
import { type Boosting, fitsOfSearch } from "./tune";

export const RECIPE = "rrl-xgboost";

export interface RrlXgboostOptions {
  /** folder of light curves */
  readonly data: string;
  /** name to register under */
  readonly model?: string;
  readonly seed?: number;
  /** `cv_fold`s to leave out of the training altogether */
  readonly withoutFolds?: readonly number[];
  /** path of libxgboost; the installed one when absent */
  readonly library?: string | null;
}

const FEATURES = rrlShapeFeatures;

/** At a given phi31 the metallicity falls with the period, at a given period it rises with phi31 (Jurcsik & Kovács 1996, A&A 312, 111). */
const SENSES: Senses = FEATURES.inputs.map(({ name }) => (name === "period" ? -1 : name === "phi31" ? 1 : 0));

/** Searches in all folds and within those that each leaves over; ensembles twice a fold, and the last. */
const fitsOf = (folds: number) => fitsOfSearch(folds) + folds * fitsOfSearch(folds - 1) + 2 * SEEDS * (2 * folds + 1);

function sampleOf(data: LightCurveSet, label: LabelScale, normalisation: Normalisation): BoostedSample {
  const { inputs, fold, folds } = data;
  const [reference] = data.references as [Float64Array];
  return {
    ...{ inputs, fold, folds },
    columns: FEATURES.inputs.length,
    prepared: normalise(inputs, normalisation),
    label: Float32Array.from(reference, (value) => (value - label.mean) / label.scale),
  };
}

/** Boosting on Fourier parameters of `rrl-shape`. */
export function boostingOf(sample: BoostedSample, library: Boosting["library"], { onProgress, interrupt }: Watch): Boosting {
  const total = fitsOf(sample.folds);
  let done = 0;
  const onFit = async (note: string) => {
    onProgress?.(++done, total, note);
    await nextTurn(); // XGBoost blocks the thread: signals are heard here
  };
  return { library, sample, senses: SENSES, onFit, interrupt: interrupt ?? new AbortController().signal };
}

/**
 * Boosted trees on Fourier parameters of RR Lyrae light curves. Half of the members begin with the mean label, half with a relation that
 * is quadratic in the features, as the classical relations nearly are: trees approach a slope only by steps. Depth,
 * rounds and monotone constraints are chosen by cross-validation; the figures are those of stars of which neither the
 * fit nor that choice knew.
 *
 * @param dataDir folder that holds the artifacts
 * @throws AppError BAD_INPUT, NOT_FOUND, BACKEND_UNAVAILABLE where XGBoost's library is not installed
 */
export async function trainRrlXgboost(
  database: Database,
  dataDir: string,
  options: RrlXgboostOptions,
  watch: Watch = {},
): Promise<TrainingReport> {
  // 1. The library, the stars, their folds and the one label.
  const { model = RECIPE, seed = 1 } = options;
  const registry = new Registry(database, dataDir);
  await registry.checkName(model, RECIPE);
  const library = openXgboost(options.library);
  const data = await readLightCurveSet(options.data, FEATURES, options.withoutFolds);
  const [reference] = data.references as [Float64Array];
  const { name, unit, column } = data.labels[0]!;
  const label: LabelScale = { name, mean: Math.fround(mean(reference)), scale: Math.fround(standardDeviation(reference)) };
  const inDex = (values: Float32Array) => Float64Array.from(values, (value) => label.mean + label.scale * value);

  // 2. What is said of each star by trees that never saw it: settings chosen by all folds, and by the other folds alone.
  const rows = Int32Array.from(data.ids.keys());
  const normalisation = normalisationOf(data.inputs, FEATURES.inputs.length, rows, REACH);
  const boosting = boostingOf(sampleOf(data, label, normalisation), library, watch);
  const { settings, plain, nested } = await crossValidate(boosting, seed);

  // 3. How far an answer is to be trusted, and how good they are.
  const errors = fitErrors(
    boosting,
    nested.map((value, star) => value - boosting.sample.label[star]!),
    label.scale,
    seed,
  );
  const split = { training: rows, test: rows, fold: data.fold, folds: data.folds };
  const predictions: LabelPredictions = {
    ...{ name, unit, column, reference, predicted: inDex(nested), error: errors.outOfFold },
    before: earlierEstimate(data, 0, rows, split),
  };
  const evaluations = [evaluateLabel(predictions)];
  const rmse = (predicted: Float32Array) => rootMeanSquare(inDex(predicted).map((value, star) => value - reference[star]!));
  const crossValidation = { stars: rows.length, rmse: rmse(plain), nestedRmse: rmse(nested) };

  // 4. The same ensemble on all stars, as one file with its manifest.
  const { base, members } = await fitEnsemble(boosting, settings, { train: rows, held: rows }, seed);
  const interrupted = boosting.interrupt.aborted;
  const draft = draftManifest({
    ...{ model, recipe: RECIPE, data, split, normalisation, evaluations, seed },
    members: members.length,
    settings: {
      ...{ starts: settings, senses: SENSES, calibration: errors.calibration, interrupted },
      crossValidation,
    },
    backend: { name: "xgboost", libraries: { xgboost: library.version } },
  });
  const { logError, calibration } = errors;
  const artifact = exportBoostedTrees({ name: model, normalisation, labels: [{ ...label, base, members, logError, calibration }] });
  // Every star is tested by members that did not see it, and all are fitted on in the end.
  const counted = { ...draft.data, stars: { train: rows.length, validation: 0, test: rows.length } };
  const version = await registry.register({ ...draft, data: counted }, artifact);
  const notes = [
    `Of stars in folds left out. RMSE with settings chosen by all folds: ${crossValidation.rmse.toFixed(4)} ${unit}; by the other folds alone, as above: ${crossValidation.nestedRmse.toFixed(4)} ${unit}.`,
  ];
  return { version, evaluations, predictions: [predictions], repeatability: null, interrupted, notes };
}
