import { AppError } from "../../../src/errors";
import { SAMPLER, type SamplerSettings } from "../../bayes/sample-posterior";
import type { Prior } from "./population";
import type { RelationSample } from "./relation-sample";
import { placesOf, type QuantityPlaces, quantitiesOf } from "./select-measurements";
import { type Term, termsOf } from "./term";

/** What is fitted, on what, and how. */
export interface RelationPlan {
  readonly sample: RelationSample;
  readonly places: QuantityPlaces;
  readonly terms: readonly Term[];
  readonly prior: Prior;
  readonly sampler: SamplerSettings;
}

/** What may be chosen; the rest follows from the sample. */
export interface RelationOptions {
  /** inputs and products of two of them, as `period`, `phi31`, `period*phi31` */
  readonly terms?: readonly string[];
  readonly prior?: Prior;
  readonly seed?: number;
  readonly chains?: number;
  readonly draws?: number;
}

/** @throws AppError BAD_INPUT naming the first term that is not made of the quantities, or is there already */
function checkTerms(terms: readonly string[], quantities: readonly string[]): void {
  const isTerm = (term: string, at: number) => {
    const factors = term.split("*");
    return factors.length <= 2 && factors.every((factor) => quantities.includes(factor)) && terms.indexOf(term) === at;
  };
  const wrong = terms.find((term, at) => !isTerm(term, at));
  if (wrong === undefined && terms.length > 0) return;
  throw new AppError(
    "BAD_INPUT",
    `A relation's terms are one or more of ${quantities.join(", ")}, or products of two as period*phi31, each once; not '${(wrong ?? "").slice(0, 80)}'.`,
  );
}

/** @throws AppError BAD_INPUT if a term is none */
export function planRelation(sample: RelationSample, options: RelationOptions): RelationPlan {
  const { terms = sample.terms, prior = sample.prior, seed = SAMPLER.seed, chains = SAMPLER.chains, draws = SAMPLER.draws } = options;
  checkTerms(
    terms,
    sample.featureSet.inputs.map(({ name }) => name).filter((name) => !name.endsWith("_error")),
  );
  const quantities = quantitiesOf(sample, terms);
  const sampler = { ...SAMPLER, seed, chains, draws };
  return { sample, places: placesOf(sample, quantities), terms: termsOf(terms, quantities), prior, sampler };
}
