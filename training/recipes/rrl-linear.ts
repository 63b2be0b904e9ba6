import type { Database } from "../../src/database/database";
import { AppError } from "../../src/errors";
import { Registry } from "../../src/models/registry";
import { samplingFaults } from "../bayes/posterior";
import { SAMPLER, type SamplerSettings } from "../bayes/sample-posterior";
import type { PulsationType } from "../datasets/fourier-parameters/spectrum";
import type { TrainingSet } from "../datasets/training-set";
import { evaluateLabel, type LabelPredictions } from "../evaluation/error-statistics";
import { cornerFigure } from "../evaluation/figures/corner";
import { exportRelation } from "../onnx/linear-relation";
import { draftManifest } from "../register/manifest-draft";
import { type FittedRelation, fitRelation } from "../relation/fit-relation";
import { calibratedOutOfFold, coveringGain, predictOutOfFold, type RelationPlan } from "../relation/out-of-fold";
import type { Prior } from "../relation/population";
import { lossTable, posteriorTable, publishedRelation } from "../relation/relation-report";
import { type RelationSample, readRelationSample } from "../relation/relation-sample";
import { labelledOf, placesOf, quantitiesOf, typicalInputs } from "../relation/select-measurements";
import { termsOf } from "../relation/term";
import type { TrainingReport, Watch } from "./recipe";

export const RECIPE = "rrl-linear";

export interface RrlLinearOptions {
  /** a folder of light curves, or of Fourier parameters with spectroscopic [Fe/H] */
  readonly data?: string;
  /** name to register under; the band's and type's own when absent */
  readonly model?: string;
  readonly type?: PulsationType;
  /** inputs and products of two of them, as `period`, `phi31`, `period*phi31` */
  readonly terms?: readonly string[];
  readonly prior?: Prior;
  readonly seed?: number;
  readonly chains?: number;
  readonly draws?: number;
}

/** Normalised inputs beyond it would be clipped; a relation takes the raw ones, which the feature set has judged. */
const UNCLIPPED = 1e6;

const FEH = { name: "feh", unit: "dex", column: "feh" } as const;

/** A name for each band and type: Fourier parameters of one band mean nothing to a relation of another. */
const modelName = ({ band, type }: RelationSample) =>
  [RECIPE, ...(band === "G" ? [] : [band.toLowerCase()]), ...(type === "RRab" ? [] : ["rrc"])].join("-");

/** @throws AppError BAD_INPUT naming a term that is not made of the inputs */
function planOf(
  sample: RelationSample,
  { terms = sample.terms, prior = sample.prior, seed, chains, draws }: RrlLinearOptions,
): RelationPlan {
  const measured = sample.featureSet.inputs.map(({ name }) => name).filter((name) => !name.endsWith("_error"));
  const isTerm = (term: string) => term.split("*").length <= 2 && term.split("*").every((factor) => measured.includes(factor));
  const wrong = terms.find((term) => !isTerm(term));
  if (wrong !== undefined || terms.length === 0)
    throw new AppError(
      "BAD_INPUT",
      `A relation's terms are of ${measured.join(", ")}, or products of two as period*phi31, not '${wrong ?? ""}'.`,
    );
  const quantities = quantitiesOf(sample, terms);
  const sampler: SamplerSettings = {
    ...SAMPLER,
    seed: seed ?? SAMPLER.seed,
    chains: chains ?? SAMPLER.chains,
    draws: draws ?? SAMPLER.draws,
  };
  return { sample, places: placesOf(sample, quantities), terms: termsOf(terms, quantities), prior, sampler };
}

/** The sample as the manifest's writer takes it: every star is in the fit, and every one is predicted by a fit without it. */
function asTrainingSet(sample: RelationSample): TrainingSet {
  const { source, path, layout, idColumn, sha256, featureSet, ids, inputs, feh } = sample;
  return {
    ...{ source, path, layout, idColumn, sha256, featureSet, ids, inputs },
    synthetic: false,
    labels: [FEH],
    starKeys: ids,
    references: [feh],
    before: null,
  };
}

/** What the mean label of all stars would say of each. */
function meanLabel({ feh }: RelationSample): Float64Array {
  return feh.map(() => feh.reduce((sum, value) => sum + value, 0) / feh.length);
}

function describeFit({ posterior, withoutErrors, relation }: FittedRelation, plan: RelationPlan, gain: number) {
  const { sample, terms, sampler } = plan;
  return {
    ...{ band: sample.band, type: sample.type, terms: terms.map(({ name }) => name), prior: relation.prior, sampler },
    evaluation:
      sample.folds === sample.ids.length ? "one star left out at a time" : `${sample.folds} folds, each predicted by a fit on the others`,
    posterior: posterior.parameters,
    divergences: posterior.divergences,
    cutOff: posterior.cutOff,
    samplingFaults: samplingFaults(posterior),
    leastSquares: [...withoutErrors.coefficients],
    errorGain: gain,
    population: { mean: [...relation.population.mean], covariance: [...relation.population.covariance] },
    coefficients: [...relation.coefficients],
    covariance: [...relation.covariance],
    intrinsicScatter: Math.sqrt(relation.intrinsicVariance),
    sample: sample.losses,
  };
}

/**
 * Bayesian linear relations between period, Fourier parameters and metallicity (Jurcsik & Kovacs 1996, A&A 312, 111;
 * Muraveva et al. 2025, arXiv:2407.05815): errors on all variables and an intrinsic scatter, by the No-U-Turn sampler.
 * Every star is scored by a relation that was fitted without it; the registered one is fitted on all.
 *
 * @param dataDir folder that holds the artifacts
 * @throws AppError BAD_INPUT, NOT_FOUND
 */
export async function trainRrlLinear(
  database: Database,
  dataDir: string,
  options: RrlLinearOptions,
  watch: Watch = {},
): Promise<TrainingReport> {
  // 1. The stars, and the terms of the relation.
  if (options.data === undefined)
    throw new AppError(
      "BAD_INPUT",
      "rrl-linear needs --data: a folder of light curves, or one of Fourier parameters with spectroscopic [Fe/H].",
    );
  const sample = await readRelationSample(options.data, options.type ?? "RRab");
  const plan = planOf(sample, options);
  const recipe = modelName(sample);
  const model = options.model ?? recipe;
  const registry = new Registry(database, dataDir);
  await registry.checkName(model, recipe);

  // 2. Each fold's stars by a fit on the others, and what their errors have to be multiplied with.
  let done = 0;
  const onFold = () => watch.onProgress?.(++done, sample.folds + 1, `fold ${done} of ${sample.folds}`);
  const outOfFold = await predictOutOfFold(plan, onFold);
  const all = Int32Array.from(sample.ids.keys());
  const gain = coveringGain(outOfFold, sample.feh, all);
  const predictions: LabelPredictions = {
    ...FEH,
    reference: sample.feh,
    predicted: outOfFold.value,
    error: calibratedOutOfFold(outOfFold, sample),
    before: meanLabel(sample),
  };

  // 3. The relation itself, on all stars.
  const fitted = fitRelation(labelledOf(sample, plan.places, all), plan.terms, plan.prior, plan.sampler);
  watch.onProgress?.(sample.folds + 1, sample.folds + 1, "all stars");

  // 4. One file and its manifest.
  const evaluations = [evaluateLabel(predictions)];
  const normalisation = { mean: typicalInputs(sample), scale: sample.featureSet.inputs.map(() => 1), reach: UNCLIPPED };
  const draft = draftManifest({
    ...{ model, recipe, normalisation, evaluations, members: 1, seed: plan.sampler.seed },
    data: asTrainingSet(sample),
    split: { test: all, training: all, fold: new Uint8Array(all.length).fill(1), folds: sample.folds },
    settings: describeFit(fitted, plan, gain),
    backend: { name: "no-u-turn", libraries: {} },
  });
  const version = await registry.register(
    draft,
    exportRelation({ name: model, label: FEH.name, normalisation, ...plan.places, relation: fitted.relation, gain }),
  );

  // 5. What a person looks at.
  const published = publishedRelation(
    sample,
    plan.terms.map(({ name }) => name),
  );
  const parameters = fitted.posterior.parameters.map(({ name }, index) => ({ name, draws: fitted.posterior.draws[index] }));
  const mark = published && { name: published.source, values: parameters.map(({ name }) => published.coefficients[name] ?? Number.NaN) };
  const corner = cornerFigure(parameters, `${model}@${version.version}: posterior`, mark ?? undefined);
  const notes = [
    ...lossTable(sample.losses),
    "",
    ...posteriorTable(fitted.posterior, fitted.withoutErrors, published),
    ...samplingFaults(fitted.posterior),
  ];
  return {
    version,
    evaluations,
    predictions: [predictions],
    repeatability: null,
    interrupted: false,
    notes,
    figures: [{ name: "corner.svg", svg: corner }],
  };
}
