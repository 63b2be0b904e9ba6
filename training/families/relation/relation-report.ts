import { type Posterior, samplingFaults } from "../../bayes/posterior";
import type { CutLoss } from "../../datasets/clean-sample";
import { align } from "../../evaluation/align";
import { cornerFigure } from "../../evaluation/figures/corner";
import type { Calibration } from "../../fit/scales";
import type { FittedRelation } from "./fit-relation";
import type { LeastSquares } from "./least-squares";
import type { RelationPlan } from "./relation-plan";

/** A relation as a paper printed it. */
export interface PublishedRelation {
  readonly source: string;
  /** of the constant and the terms, by name */
  readonly coefficients: Readonly<Record<string, number>>;
}

/**
 * Published relations for the same kind of stars in the same band, by the feature set's name. Dekany, Grebel & Pojmanski
 * 2021 (ApJ 920, 33), equations of the I band.
 */
const PUBLISHED: Readonly<Record<string, PublishedRelation>> = {
  "rrl-relation-i": {
    source: "Dekany et al. 2021",
    coefficients: { constant: -5.819, period: -6.35, A2: 5.785, phi31: 1.248 },
  },
  "rrl-relation-i-rrc": {
    source: "Dekany et al. 2021",
    coefficients: { constant: -1.821, period: -10.014, A1: 13.835, A2: -34.704, phi31: 0.325 },
  },
};

/** @returns the published relation of just these terms, in this band; null if there is none */
export function publishedRelation({ sample, terms }: RelationPlan): PublishedRelation | null {
  const published = PUBLISHED[sample.featureSet.name];
  if (!published) return null;
  const named = Object.keys(published.coefficients).filter((name) => name !== "constant");
  return named.length === terms.length && terms.every(({ name }) => named.includes(name)) ? published : null;
}

/** The posterior as a corner plot, the published relation marked in it. */
export function posteriorFigure({ parameters, draws }: Posterior, published: PublishedRelation | null, title: string): string {
  const mark = published && { name: published.source, values: parameters.map(({ name }) => published.coefficients[name] ?? Number.NaN) };
  return cornerFigure(
    parameters.map(({ name }, index) => ({ name, draws: draws[index]! })),
    title,
    mark ?? undefined,
  );
}

/** What a manifest keeps of a fit, under `settings`. */
export function describeFit(
  { posterior, withoutErrors, relation }: FittedRelation,
  { sample, terms, sampler }: RelationPlan,
  calibration: Calibration,
) {
  const isOneByOne = sample.folds === sample.ids.length;
  return {
    ...{ band: sample.band, type: sample.type, terms: terms.map(({ name }) => name), prior: relation.prior, sampler },
    evaluation: isOneByOne ? "one star left out at a time" : `${sample.folds} folds, each predicted by a fit on the others`,
    posterior: posterior.parameters,
    divergences: posterior.divergences,
    cutOff: posterior.cutOff,
    samplingFaults: samplingFaults(posterior),
    leastSquares: [...withoutErrors.coefficients],
    calibration,
    population: { mean: [...relation.population.mean], covariance: [...relation.population.covariance] },
    coefficients: [...relation.coefficients],
    covariance: [...relation.covariance],
    intrinsicScatter: Math.sqrt(relation.intrinsicVariance),
    sample: sample.losses,
  };
}

/** The posterior beside least squares and, where there is one, the published relation. */
export function posteriorTable(
  { parameters }: Posterior,
  { coefficients, scatter }: LeastSquares,
  published: PublishedRelation | null,
): string[] {
  const header = ["posterior", "mean", "sd", "5%", "95%", "R-hat", "bulk ESS", "tail ESS", "least squares"];
  const rows = parameters.map(({ name, mean, sd, q05, q95, rhat, essBulk, essTail }, index) => [
    name,
    ...[mean, sd, q05, q95].map((value) => value.toFixed(3)),
    rhat.toFixed(4),
    ...[essBulk, essTail].map((size) => String(Math.round(size))),
    (coefficients[index] ?? scatter).toFixed(3),
    ...(published ? [published.coefficients[name]?.toFixed(3) ?? "-"] : []),
  ]);
  return align([published ? [...header, published.source] : header, ...rows]);
}

/** How the sample was made. */
export function lossTable(losses: readonly CutLoss[]): string[] {
  return align([["cut", "lost", "left"], ...losses.map(({ cut, lost, left }) => [cut, String(lost), String(left)])]);
}
