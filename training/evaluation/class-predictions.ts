import type { LabelledClasses } from "../datasets/training-set";
import type { ClassPredictions } from "./class-statistics";

/** Shares of the training stars by class: what is known without looking at a star. */
function shares(values: Int32Array, training: Int32Array, size: number): number[] {
  const counts = new Array<number>(size).fill(0);
  for (const row of training) if (values[row]! >= 0) counts[values[row]!]!++;
  const all = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / all);
}

/**
 * What is said of the stars whose class is known, beside always saying the shares of the training stars.
 *
 * @param probabilities [rows, classes] of the stars that are evaluated; NaN where there is no answer
 * @param rows which stars of the set they are
 * @param training which stars of the set the shares are of
 */
export function classPredictions(
  { name, column, classes, values }: LabelledClasses,
  probabilities: Float32Array,
  rows: Int32Array,
  training: Int32Array,
): ClassPredictions {
  const size = classes.length;
  const stars = [...rows.keys()].filter((star) => values[rows[star]!]! >= 0 && !Number.isNaN(probabilities[star * size]!));
  const frequent = shares(values, training, size);
  return {
    ...{ name, column, classes },
    reference: Int32Array.from(stars, (star) => values[rows[star]!]!),
    probabilities: Float64Array.from(stars.flatMap((star) => [...probabilities.subarray(star * size, (star + 1) * size)])),
    before: Float64Array.from(stars.flatMap(() => frequent)),
  };
}
