import { linearFormOf } from "./linear-form";
import { OPERATIONS } from "./operations";
import type { Term } from "./term";

/** A raw value beyond this is no measurement, and counts as missing. Squares of what is left still fit. */
export const LARGEST_RAW = 1e18;
/** Single precision ends at 3.4e38; what may come near it is checked for infinity. */
export const LARGEST = 3e38;

/** Upper bounds of terms' sizes: where single precision may overflow, and where it need not be checked. */
export class Bounds {
  readonly #known = new Map<Term, number>();

  /** @returns no more than `LARGEST`, as what is larger was made NaN */
  of(term: Term): number {
    return Math.min(LARGEST, this.#unchecked(term));
  }

  /** Whether a term may come out infinite. */
  overflows(term: Term): boolean {
    const { weights } = linearFormOf(term);
    const hasPoles = term.kind === "operation" && weights.has(term) && OPERATIONS[term.operation].hasPoles === true;
    return hasPoles || !(this.#unchecked(term) <= LARGEST);
  }

  #unchecked(term: Term): number {
    const known = this.#known.get(term);
    if (known !== undefined) return known;
    const bound = this.#compute(term);
    this.#known.set(term, bound);
    return bound;
  }

  #compute(term: Term): number {
    if (term.kind === "constant") return Math.abs(term.value);
    if (term.kind === "column") return LARGEST_RAW;
    const { weights, offset } = linearFormOf(term);
    if (!weights.has(term)) return [...weights].reduce((sum, [one, weight]) => sum + Math.abs(weight) * this.of(one), Math.abs(offset));
    return OPERATIONS[term.operation].bound(...term.operands.map((operand) => this.of(operand)));
  }
}
