import type { Operation } from "./operations";
import type { Term } from "./term";

type OperationTerm = Term & { readonly kind: "operation" };

/** Terms that one operator computes at once: the same operation, with constants in the same places. */
export interface Batch {
  readonly operation: Operation;
  readonly terms: readonly OperationTerm[];
}

/** Every operation below the given terms, each once, operands first. */
function operationsOf(roots: readonly Term[]): OperationTerm[] {
  const found = new Set<OperationTerm>();
  const visit = (term: Term): void => {
    if (term.kind !== "operation" || found.has(term)) return;
    term.operands.forEach(visit);
    found.add(term);
  };
  roots.forEach(visit);
  return [...found];
}

const shapeOf = ({ operation, operands }: OperationTerm): string =>
  `${operation} ${operands.map(({ kind }) => kind === "constant").join(" ")}`;

/** @returns steps, each of which needs only columns and steps before it */
export function scheduleOf(roots: readonly Term[]): Batch[][] {
  const levels = new Map<Term, number>();
  const steps: Map<string, OperationTerm[]>[] = [];
  for (const term of operationsOf(roots)) {
    const level = Math.max(...term.operands.map((operand) => levels.get(operand) ?? 0));
    levels.set(term, level + 1);
    const step = steps[level] ?? new Map<string, OperationTerm[]>();
    steps[level] = step;
    const shape = shapeOf(term);
    step.set(shape, [...(step.get(shape) ?? []), term]);
  }
  return steps.map((step) => [...step.values()].map((terms) => ({ operation: terms[0]!.operation, terms })));
}
