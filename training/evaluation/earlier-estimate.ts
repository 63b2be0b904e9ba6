import { mean } from "../../src/science/statistics";
import type { Split } from "../datasets/split";
import type { TrainingSet } from "../datasets/training-set";

/**
 * What a model is to beat: the estimates that the data come with (Gaia GSP-Phot), else the mean label of the stars
 * that train for every star.
 *
 * @param label index among the set's labels
 * @param rows which stars
 */
export function earlierEstimate(
  { references, before }: TrainingSet,
  label: number,
  rows: Int32Array,
  { training }: Pick<Split, "training">,
): Float64Array {
  if (before) return Float64Array.from(rows, (row) => before[label]![row]!);
  const known = Float64Array.from(training, (row) => references[label]![row]!).filter((value) => !Number.isNaN(value));
  return new Float64Array(rows.length).fill(mean(known));
}
