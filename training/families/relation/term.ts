import type { Gaussian } from "./population";

/** One term of a relation: a quantity, or the product of two. */
export interface Term {
  /** `phi31`, `period*phi31` */
  readonly name: string;
  /** places of its one or two factors among the quantities */
  readonly factors: readonly [number] | readonly [number, number];
}

/**
 * Reads terms as they are written, `period phi31 period*phi31`.
 *
 * @param quantities names of what may be a factor
 * @throws RangeError naming a factor that is none of them
 */
export function termsOf(names: readonly string[], quantities: readonly string[]): Term[] {
  const place = (name: string) => {
    const at = quantities.indexOf(name);
    if (at < 0) throw new RangeError(`${name} is none of the quantities ${quantities.join(", ")}.`);
    return at;
  };
  return names.map((name) => {
    const [first, second] = name.split("*");
    return { name, factors: second === undefined ? [place(first!)] : [place(first!), place(second)] };
  });
}

/** @returns the expectation of a term over what is known of a star; exact for a Gaussian */
export function expectation({ factors: [a, b] }: Term, { mean, covariance }: Gaussian): number {
  return b === undefined ? mean[a]! : mean[a]! * mean[b]! + covariance[a * mean.length + b]!;
}

/** @returns the derivative of a term by one quantity, at the mean */
export function slope({ factors: [a, b] }: Term, mean: Float64Array, quantity: number): number {
  if (b === undefined) return Number(a === quantity);
  return Number(a === quantity) * mean[b]! + Number(b === quantity) * mean[a]!;
}
