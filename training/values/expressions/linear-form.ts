import type { Term } from "./term";

/** offset + the sum of weight * term, over terms that are no sums themselves. */
export interface LinearForm {
  /** a term that cancels out stays, with the weight 0: where it is missing, so is the sum */
  readonly weights: ReadonlyMap<Term, number>;
  readonly offset: number;
}

/** Whether a term is a sum: it is computed as a row of a matrix product, together with all others. */
export function isSum(term: Term): boolean {
  if (term.kind !== "operation") return false;
  if (term.operation === "multiply") return term.operands.some(({ kind }) => kind === "constant");
  return term.operation === "add" || term.operation === "subtract";
}

function plus(left: LinearForm, right: LinearForm, times: number): LinearForm {
  const weights = new Map(left.weights);
  for (const [term, weight] of right.weights) weights.set(term, (weights.get(term) ?? 0) + times * weight);
  return { weights, offset: left.offset + times * right.offset };
}

/** @returns the term itself, with weight 1, if it is no sum */
export function linearFormOf(term: Term): LinearForm {
  if (term.kind === "constant") return { weights: new Map(), offset: term.value };
  if (term.kind !== "operation" || !isSum(term)) return { weights: new Map([[term, 1]]), offset: 0 };
  const [left, right] = term.operands.map(linearFormOf) as [LinearForm, LinearForm];
  if (term.operation !== "multiply") return plus(left, right, term.operation === "add" ? 1 : -1);
  const [factor, sum] = right.weights.size === 0 ? [right.offset, left] : [left.offset, right];
  return plus({ weights: new Map(), offset: 0 }, sum, factor);
}
