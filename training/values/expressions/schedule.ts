import { isSum, linearFormOf } from "./linear-form";
import type { Operation } from "./operations";
import type { Term } from "./term";

export type OperationTerm = Term & { readonly kind: "operation" };

/** Terms that one operator computes at once: the same operation, with constants in the same places. */
export interface Batch {
  readonly operation: Operation;
  readonly terms: readonly OperationTerm[];
}

/** What can be computed next: sums of what is there, then operations on these. */
export interface Stage {
  readonly sums: readonly OperationTerm[];
  readonly batches: readonly Batch[];
}

/** Terms that are needed as they are, operands first: the roots, and the operands of everything that is no sum. */
function neededOf(roots: readonly Term[]): OperationTerm[] {
  const found = new Set<OperationTerm>();
  const visit = (term: Term): void => {
    if (term.kind !== "operation" || found.has(term)) return;
    const below = isSum(term) ? linearFormOf(term).weights.keys() : term.operands;
    for (const one of below) visit(one);
    found.add(term);
  };
  for (const root of roots) visit(root);
  return [...found];
}

const shapeOf = ({ operation, operands }: OperationTerm): string =>
  `${operation} ${operands.map(({ kind }) => kind === "constant").join(" ")}`;

function batchesOf(terms: readonly OperationTerm[]): Batch[] {
  const byShape = new Map<string, OperationTerm[]>();
  for (const term of terms) byShape.set(shapeOf(term), [...(byShape.get(shapeOf(term)) ?? []), term]);
  return [...byShape.values()].map((batch) => ({ operation: batch[0]!.operation, terms: batch }));
}

/** @returns stages, each of which needs only columns and the stages before it */
export function scheduleOf(roots: readonly Term[]): Stage[] {
  const needed = neededOf(roots);
  /** the stage whose sums, or before whose sums, a term is there */
  const ready = new Map<Term, number>();
  const stageOf = (terms: Iterable<Term>) => Math.max(0, ...[...terms].map((term) => ready.get(term) ?? 0));
  const stages: { sums: OperationTerm[]; others: OperationTerm[] }[] = [];
  for (const term of needed) {
    const stage = isSum(term) ? stageOf(linearFormOf(term).weights.keys()) : stageOf(term.operands);
    ready.set(term, isSum(term) ? stage : stage + 1);
    while (stages.length <= stage) stages.push({ sums: [], others: [] });
    stages[stage]![isSum(term) ? "sums" : "others"].push(term);
  }
  return stages.map(({ sums, others }) => ({ sums, batches: batchesOf(others) }));
}
