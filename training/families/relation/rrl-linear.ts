import type { Database } from "../../../src/database/database";
import type { PulsationType } from "../../../src/features/fourier-parameters/feature-sets";
import { Registry } from "../../../src/models/registry/registry";
import { samplingFaults } from "../../bayes/posterior";
import { evaluateLabel, type LabelPredictions } from "../../evaluation/error-statistics";
import { METALLICITY } from "../../light-curves/light-curve-training-set";
import type { TrainingReport, Watch } from "../../recipe";
import { draftManifest } from "../../register/manifest-draft";
import { fitRelation } from "./fit-relation";
import { exportRelation } from "./linear-relation";
import { calibrateRelation, errorsOutOfFold, predictOutOfFold } from "./out-of-fold";
import { planRelation, type RelationOptions } from "./relation-plan";
import { describeFit, lossTable, posteriorFigure, posteriorTable, publishedRelation } from "./relation-report";
import { asTrainingSet, type RelationSample, readRelationSample } from "./relation-sample";
import { labelledOf, typicalInputs } from "./select-measurements";

export const RECIPE = "rrl-linear";

export interface RrlLinearOptions extends RelationOptions {
  /** a folder of light curves, or of Fourier parameters with spectroscopic [Fe/H] */
  readonly data: string;
  /** name to register under; the band's and type's own when absent */
  readonly model?: string;
  readonly type?: PulsationType;
  /** `cv_fold`s to leave out of the training altogether */
  readonly withoutFolds?: readonly number[];
}

/** Normalised inputs beyond it would be clipped; a relation takes the raw ones, which the feature set has judged. */
const UNCLIPPED = 1e6;

/** A name for each band and type: Fourier parameters of one band mean nothing to a relation of another. */
function recipeName({ band, type }: RelationSample): string {
  return [RECIPE, ...(band === "G" ? [] : [band.toLowerCase()]), ...(type === "RRab" ? [] : ["rrc"])].join("-");
}

/** What the mean label of all stars would say of each. */
function meanLabel({ feh }: RelationSample): Float64Array {
  return feh.map(() => feh.reduce((sum, value) => sum + value, 0) / feh.length);
}

/**
 * Bayesian linear relations between period, Fourier parameters and metallicity (Jurcsik & Kovacs 1996, A&A 312, 111;
 * Muraveva et al., arXiv:2407.05815): errors on all variables and an intrinsic scatter, by the No-U-Turn sampler.
 * Every star is scored by a relation that was fitted without it; the registered one is fitted on all.
 *
 * @param dataDir folder that holds the artifacts
 * @throws AppError BAD_INPUT, NOT_FOUND, CONFLICT; INTERRUPTED, with nothing registered
 */
export async function trainRrlLinear(
  database: Database,
  dataDir: string,
  options: RrlLinearOptions,
  watch: Watch = {},
): Promise<TrainingReport> {
  // 1. The stars, and the terms of the relation.
  const sample = await readRelationSample(options.data, options.type ?? "RRab", options.withoutFolds);
  const plan = planRelation(sample, options);
  const recipe = recipeName(sample);
  const model = options.model ?? recipe;
  const registry = new Registry(database, dataDir);
  await registry.checkName(model, recipe);

  // 2. Each fold's stars by a fit on the others, and how far such an answer is to be trusted.
  const outOfFold = await predictOutOfFold(plan, watch);
  const all = Int32Array.from(sample.ids.keys());
  const calibration = calibrateRelation(outOfFold, sample);
  const error = errorsOutOfFold(outOfFold, sample);
  const predictions: LabelPredictions = {
    ...{ ...METALLICITY, reference: sample.feh, predicted: outOfFold.value, error },
    before: meanLabel(sample),
  };
  const evaluations = [evaluateLabel(predictions)];

  // 3. The relation itself, on all stars.
  const fitted = fitRelation(labelledOf(sample, plan.places, all), plan.terms, plan.prior, plan.sampler);
  watch.onProgress?.(sample.folds + 1, sample.folds + 1, "all stars");

  // 4. One file and its manifest.
  const normalisation = { mean: typicalInputs(sample), scale: sample.featureSet.inputs.map(() => 1), reach: UNCLIPPED };
  const draft = draftManifest({
    ...{ model, recipe, normalisation, evaluations, members: 1, seed: plan.sampler.seed },
    data: asTrainingSet(sample),
    split: { test: all, training: all, fold: new Uint8Array(all.length).fill(1), folds: sample.folds },
    settings: describeFit(fitted, plan, calibration),
    backend: { name: "no-u-turn", libraries: {} },
  });
  const relation = { normalisation, ...plan.places, relation: fitted.relation, calibration };
  const version = await registry.register(draft, exportRelation({ name: model, label: METALLICITY.name, ...relation }));

  // 5. What a person looks at.
  const { posterior, withoutErrors } = fitted;
  const published = publishedRelation(plan);
  const notes = [...lossTable(sample.losses), "", ...posteriorTable(posterior, withoutErrors, published), ...samplingFaults(posterior)];
  const corner = posteriorFigure(posterior, published, `${model}@${version.version}: posterior`);
  const shown = { notes, figures: [{ name: "corner.svg", svg: corner }] };
  return { version, evaluations, predictions: [predictions], repeatability: null, interrupted: false, ...shown };
}
