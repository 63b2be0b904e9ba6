import { availableParallelism } from "node:os";
import type { Database } from "../../../src/database/database";
import { Registry } from "../../../src/models/registry/registry";
import { gatherRows } from "../../datasets/gather-rows";
import { splitByStar, TEST_SHARE } from "../../datasets/split";
import type { TrainingSet } from "../../datasets/training-set";
import { earlierEstimate } from "../../evaluation/earlier-estimate";
import { evaluateLabel, type LabelPredictions } from "../../evaluation/error-statistics";
import { statedErrors } from "../../fit/calibration";
import { normalisationOf, normalise, REACH } from "../../fit/normalise";
import { repeatability } from "../../fit/repeatability";
import type { TrainingReport, Watch } from "../../recipe";
import { draftManifest } from "../../register/manifest-draft";
import type { Backend, BackendName, Refusal } from "../../tensorflow/backend";
import { openBackend } from "../../tensorflow/ladder";
import { readTrainingSet, type TrainingData } from "../../values/read-training-set";
import { applyLayers } from "./apply-layers";
import { combine, type EnsemblePlan, type FittedLabel, fitEnsemble, type OnEnsembleProgress } from "./ensemble";
import { openFitPool } from "./fit-pool";
import type { FitSettings } from "./fit-task";
import type { MlpActivation } from "./mlp";
import { exportMlpEnsemble } from "./mlp-ensemble";

export const RECIPE = "sos-mlp";

/** What may be chosen; the rest follows from the size of the sample, see `settingsFor`. */
export interface SosMlpOptions extends TrainingData, Partial<FitSettings> {
  /** name to register under */
  readonly model?: string;
  readonly members?: number;
  /** trainings that differ by their seed alone; the first is registered */
  readonly repeat?: number;
  readonly seed?: number;
  readonly backend?: BackendName | "auto";
  /** networks that are fitted at once */
  readonly threads?: number;
}

/** How a training is followed and ended. */
export interface MlpWatch extends Watch {
  readonly onRefusal?: (refusal: Refusal) => void;
}

/** In each member's turn one fold stops it early; with the members' folds all different, all stars calibrate. */
const FOLDS = 8;

/** ReLU bends sharply, as log g does from dwarfs to giants; SiLU is smooth, as Teff is. */
const ACTIVATIONS: readonly MlpActivation[] = ["relu", "silu"];

/** Chosen by experiment: docs/experiments/sos-mlp.md. */
function settingsFor(stars: number, given: SosMlpOptions): EnsemblePlan["settings"] {
  const isLarge = stars > 50_000;
  return {
    width: given.width ?? (isLarge ? 256 : 64),
    depth: given.depth ?? (isLarge ? 5 : 3),
    dropout: given.dropout ?? 0.02,
    loss: given.loss ?? "huber",
    batchSize: given.batchSize ?? (isLarge ? 1024 : 64),
    epochs: given.epochs ?? (isLarge ? 30 : 60),
    patience: given.patience ?? 30,
    learningRate: given.learningRate ?? 3e-3,
    weightDecay: given.weightDecay ?? 0.1,
    averaging: given.averaging ?? 0.99,
  };
}

/** Predicts the test stars with the training library. */
async function predictTest(data: TrainingSet, plan: EnsemblePlan, labels: readonly FittedLabel[]): Promise<LabelPredictions[]> {
  const { test } = plan.split;
  const inputs = gatherRows(plan.inputs, plan.columns, test);
  return Promise.all(
    labels.map(async (label, index) => {
      const outputs = await Promise.all(label.members.map((member) => applyLayers(member, inputs, plan.columns)));
      const { value, spread } = combine(outputs, test.length, label);
      return {
        ...data.labels[index]!,
        reference: Float64Array.from(test, (row) => data.references[index]![row]!),
        predicted: value,
        error: statedErrors(spread, label.calibration),
        before: earlierEstimate(data, index, test, plan.split),
      };
    }),
  );
}

interface Training {
  readonly labels: readonly FittedLabel[];
  readonly predictions: readonly LabelPredictions[];
}

/** Fits the ensemble once a repetition, with a seed of its own; an interrupt leaves those that are finished. */
async function fitRepeatedly(
  data: TrainingSet,
  plan: EnsemblePlan,
  backend: Backend,
  options: SosMlpOptions,
  watch: MlpWatch,
): Promise<Training[]> {
  const { repeat = 1, threads = availableParallelism() } = options;
  const pool = await openFitPool(backend, Math.min(threads, plan.members * data.labels.length));
  const interrupt = watch.interrupt ?? new AbortController().signal;
  const trainings: Training[] = [];
  try {
    for (let turn = 0; turn < repeat && (turn === 0 || !interrupt.aborted); turn++) {
      const onProgress: OnEnsembleProgress = (done, total, note) => watch.onProgress?.(turn * total + done, repeat * total, note);
      const labels = await fitEnsemble({ ...plan, seed: plan.seed + turn }, pool, onProgress, interrupt);
      trainings.push({ labels, predictions: await predictTest(data, plan, labels) });
    }
  } finally {
    await pool.close();
  }
  return trainings;
}

/**
 * The Survey of Surveys' network (Turchi et al. 2024, arXiv:2412.05047): for each label an ensemble of multilayer
 * perceptrons on photometry, distances and Gaia's own estimates, every input doubled by a NaN flag. The data come
 * from the catalogue or from a user's table; the result is one ONNX file and its manifest, registered as a new version.
 *
 * @param dataDir folder that holds the artifacts
 * @throws AppError BAD_INPUT, NOT_FOUND, BACKEND_UNAVAILABLE
 */
export async function trainSosMlp(
  database: Database,
  dataDir: string,
  options: SosMlpOptions = {},
  watch: MlpWatch = {},
): Promise<TrainingReport> {
  // 1. The stars, and which of them nothing is to see.
  const { model = RECIPE, members = 8, seed = 1 } = options;
  const registry = new Registry(database, dataDir);
  await registry.checkName(model, RECIPE);
  const data = await readTrainingSet(database, options);
  const split = splitByStar(data.starKeys, TEST_SHARE, FOLDS);

  // 2. Inputs of order one, and a NaN flag beside each.
  const features = data.featureSet.inputs.length;
  const normalisation = normalisationOf(data.inputs, features, split.training, REACH);
  const inputs = normalise(data.inputs, normalisation);

  // 3. One network a label and member.
  const backend = await openBackend(options.backend, watch.onRefusal);
  const settings = settingsFor(data.ids.length, options);
  const labelNames = data.labels.map(({ name }) => name);
  const activations = options.activation ? [options.activation] : ACTIVATIONS;
  const plan = { inputs, columns: 2 * features, labelNames, references: data.references, split, members, activations, settings, seed };
  const trainings = await fitRepeatedly(data, plan, backend, options, watch);
  const { labels, predictions } = trainings[0]!;

  // 4. How good it is on stars it never saw.
  const evaluations = predictions.map(evaluateLabel);
  const spreads = data.labels.map(({ name, unit }, index) =>
    repeatability(
      name,
      unit,
      trainings.map((training) => training.predictions[index]!.predicted),
    ),
  );

  // 5. One file and its manifest.
  const interrupted = watch.interrupt?.aborted ?? false;
  const fitted = labels[0]!.members.length;
  const draft = draftManifest({
    ...{ model, recipe: RECIPE, data, split, normalisation, evaluations, seed, backend },
    members: fitted,
    settings: { ...settings, activations, members, folds: FOLDS, testShare: TEST_SHARE, interrupted },
  });
  const artifact = exportMlpEnsemble({ name: model, normalisation, labels });
  const version = await registry.register(draft, artifact);
  return { version, evaluations, predictions, repeatability: trainings.length > 1 ? spreads : null, interrupted };
}
