import type { Database } from "../../../src/database/database";
import { Registry } from "../../../src/models/registry/registry";
import { Random } from "../../../src/science/random";
import { gatherRows } from "../../datasets/gather-rows";
import { type Split, splitByStar, TEST_SHARE } from "../../datasets/split";
import type { TrainingSet } from "../../datasets/training-set";
import { earlierEstimate } from "../../evaluation/earlier-estimate";
import { evaluateLabel, type LabelPredictions } from "../../evaluation/error-statistics";
import { shuffle } from "../../fit/draws";
import { normalisationOf, normalise, REACH } from "../../fit/normalise";
import type { TrainingReport, Watch } from "../../recipe";
import { draftManifest } from "../../register/manifest-draft";
import { readTrainingSet, type TrainingData } from "../../values/read-training-set";
import { scaleOf } from "../mlp/ensemble";
import { exportSvr } from "./export-svr";
import { FITS_A_LABEL, fitSvrLabel, type SvrFit, type SvrTask } from "./fit-svr";
import { predictSvr, SVR_LIBRARY } from "./svr";

export const RECIPE = "sos-svr";

export interface SosSvrOptions extends TrainingData {
  /** name to register under */
  readonly model?: string;
  /** which stars are drawn where there are more than `stars` */
  readonly seed?: number;
  /** most stars that a label is fitted on: time grows with their square and more */
  readonly stars?: number;
}

/** One fold chooses the settings and calibrates the error; the others fit. */
const FOLDS = 8;
const VALIDATION_FOLD = 0;

/** Enough for the settings' differences to show, and few enough to predict each in a second. */
const MOST_VALIDATION_STARS = 2000;

type Inputs = Pick<SvrTask, "inputs" | "columns">;

/** The stars that one label is fitted on, and those that choose its settings: drawn at random from those that carry it. */
function labelTask(
  { labels, references }: TrainingSet,
  index: number,
  split: Split,
  { seed, stars, ...inputs }: Inputs & { readonly seed: number; readonly stars: number },
): SvrTask {
  const reference = references[index]!;
  const known = split.training.filter((row) => !Number.isNaN(reference[row]!));
  const rows = shuffle(known, new Random(seed, index));
  const [train, validation] = [false, true].map((held) => rows.filter((row) => (split.fold[row] === VALIDATION_FOLD) === held));
  return {
    ...inputs,
    reference,
    scale: scaleOf(labels[index]!.name, reference, rows),
    train: train!.subarray(0, stars),
    validation: validation!.subarray(0, MOST_VALIDATION_STARS),
  };
}

/** Predicts the test stars as training knows the regression, before any of it is written as ONNX. */
function predictTest(data: TrainingSet, index: number, split: Split, { label }: SvrFit, { inputs, columns }: Inputs): LabelPredictions {
  const { test } = split;
  const taken = Float64Array.from(gatherRows(inputs, columns, test));
  return {
    ...data.labels[index]!,
    predicted: predictSvr(label.weights, { inputs: taken, columns }).map((value) => label.mean + label.scale * value),
    error: new Float64Array(test.length).fill(label.error),
    reference: Float64Array.from(test, (row) => data.references[index]![row]!),
    before: earlierEstimate(data, index, test, split),
  };
}

/** Fits the labels one after the other. */
async function fitLabels(tasks: readonly SvrTask[], { onProgress, interrupt = new AbortController().signal }: Watch): Promise<SvrFit[]> {
  const fits: SvrFit[] = [];
  let done = 0;
  const onFit = (note: string) => onProgress?.(++done, tasks.length * FITS_A_LABEL, note);
  for (const task of tasks) fits.push(await fitSvrLabel(task, onFit, interrupt));
  return fits;
}

/**
 * The baseline that the Survey of Surveys began with (Pancino et al. 2022, A&A 664, A109): a support-vector
 * regression a label, on a few thousand stars, with the same inputs, split and artifact as the networks'.
 *
 * @param dataDir folder that holds the artifacts
 * @throws AppError BAD_INPUT, NOT_FOUND
 */
export async function trainSosSvr(
  database: Database,
  dataDir: string,
  options: SosSvrOptions = {},
  watch: Watch = {},
): Promise<TrainingReport> {
  // 1. The stars, and which of them nothing is to see.
  const { model = RECIPE, seed = 1, stars = 3000 } = options;
  const registry = new Registry(database, dataDir);
  await registry.checkName(model, RECIPE);
  const data = await readTrainingSet(database, options);
  const split = splitByStar(data.starKeys, TEST_SHARE, FOLDS);

  // 2. Inputs of order one, a missing one filled, and a NaN flag beside each.
  const columns = 2 * data.featureSet.inputs.length;
  const normalisation = normalisationOf(data.inputs, data.featureSet.inputs.length, split.training, REACH);
  const inputs = normalise(data.inputs, normalisation);

  // 3. One regression a label, on stars drawn at random.
  const tasks = data.references.map((_, index) => labelTask(data, index, split, { inputs, columns, seed, stars }));
  const fits = await fitLabels(tasks, watch);

  // 4. How good it is on stars it never saw.
  const predictions = fits.map((fit, index) => predictTest(data, index, split, fit, { inputs, columns }));
  const evaluations = predictions.map(evaluateLabel);

  // 5. One file and its manifest.
  const interrupted = watch.interrupt?.aborted ?? false;
  const labels = Object.fromEntries(fits.map(({ label, settings, validationRmse }) => [label.name, { ...settings, validationRmse }]));
  const draft = draftManifest({
    ...{ model, recipe: RECIPE, data, split, normalisation, evaluations, seed },
    members: 1,
    settings: { labels, stars, folds: FOLDS, testShare: TEST_SHARE, interrupted },
    backend: { name: "libsvm", libraries: SVR_LIBRARY },
  });
  const artifact = exportSvr({ name: model, normalisation, labels: fits.map(({ label }) => label) });
  const version = await registry.register(draft, artifact);
  return { version, evaluations, predictions, repeatability: null, interrupted };
}
