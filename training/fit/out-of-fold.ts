import { mean, standardDeviation } from "../../src/science/statistics";
import { answerRows, type RowAnswers } from "./answer-rows";
import type { Family, Fit } from "./family";
import type { FitSample } from "./fit-sample";

/** What is said of rows by fits that they had no part in, [all rows] each; NaN where no such fit is. */
export type OutOfFold =
  | {
      readonly kind: "quantity";
      /** of order one */
      readonly value: Float64Array;
      /** as the model will state it: between and within the fits; null where the family says nothing */
      readonly variance: Float64Array | null;
      /** variance of the value about what the model will say, because it is one fit's instead of the mean of all */
      readonly surplus: Float64Array;
    }
  /** [all rows, classes] */
  | { readonly kind: "classes"; readonly probabilities: Float64Array };

/** A fit, and the fold that it left out. */
export interface FoldFit {
  readonly fold: number;
  readonly fit: Fit;
}

type Quantity = Extract<RowAnswers, { kind: "quantity" }>;

/** The values of all fits for one row: how far they are apart, and what they say of themselves on average. */
function together(answers: readonly Quantity[], at: number): { between: number; within: number } {
  const values = answers.map(({ value }) => value[at]!);
  const own = answers.map(({ variance }) => (variance === null ? 0 : variance[at]!));
  return { between: standardDeviation(values) ** 2, within: mean(own) };
}

/** Of members that say together how sure they are, all have to answer each row. */
async function ofMembers(sample: FitSample, fits: readonly FoldFit[], rows: Int32Array, combine: Family["combine"]): Promise<OutOfFold> {
  const answers: Quantity[] = [];
  for (const { fit } of fits) answers.push((await answerRows(fit, sample, rows)) as Quantity);
  const size = sample.fold.length;
  const [value, variance, surplus] = [0, 1, 2].map(() => new Float64Array(size).fill(Number.NaN)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  rows.forEach((row, at) => {
    const { between, within } = together(answers, at);
    const own = answers[fits.findIndex(({ fold }) => fold === sample.fold[row])]!;
    value[row] = own.value[at]!;
    variance[row] = combine === "mean" ? within : between + within;
    surplus[row] = between;
  });
  const says = combine === "members" || answers[0]!.variance !== null;
  return { kind: "quantity", value, variance: says ? variance : null, surplus };
}

/** Each row answered by the one fit that left its fold out. */
async function ofOthers(sample: FitSample, fits: readonly FoldFit[], rows: Int32Array): Promise<OutOfFold> {
  const size = sample.fold.length;
  const value = new Float64Array(size).fill(Number.NaN);
  let variance: Float64Array | null = null;
  let probabilities: Float64Array | null = null;
  for (const { fold, fit } of fits) {
    const held = rows.filter((row) => sample.fold[row] === fold);
    const answers = await answerRows(fit, sample, held);
    if (answers.kind === "classes") {
      const classes = answers.probabilities.length / held.length;
      probabilities ??= new Float64Array(size * classes).fill(Number.NaN);
      for (const [at, row] of held.entries())
        probabilities.set(answers.probabilities.subarray(at * classes, (at + 1) * classes), row * classes);
    } else {
      if (answers.variance) variance ??= new Float64Array(size).fill(Number.NaN);
      for (const [at, row] of held.entries()) {
        value[row] = answers.value[at]!;
        if (variance && answers.variance) variance[row] = answers.variance[at]!;
      }
    }
  }
  if (probabilities) return { kind: "classes", probabilities };
  return { kind: "quantity", value, variance, surplus: new Float64Array(size) };
}

/** @param rows with a known label @returns what is said of those whose fold was left out by one of the fits */
export function answerOutOfFold(
  sample: FitSample,
  fits: readonly FoldFit[],
  rows: Int32Array,
  { combine }: Pick<Family, "combine">,
  kind: "quantity" | "classes",
): Promise<OutOfFold> {
  const left = new Set(fits.map(({ fold }) => fold));
  const answered = rows.filter((row) => left.has(sample.fold[row]!));
  return kind === "quantity" && combine !== "refit" ? ofMembers(sample, fits, answered, combine) : ofOthers(sample, fits, answered);
}
