import type { ClassificationStatistics } from "../../src/models/registry/output";

/** Classes of the stars that are evaluated: arrays in one order. */
export interface ClassPredictions {
  readonly name: string;
  readonly column: string;
  readonly classes: readonly string[];
  /** [stars] index of the true class */
  readonly reference: Int32Array;
  /** [stars, classes] */
  readonly probabilities: Float64Array;
  /** [stars, classes] of the estimate to beat */
  readonly before: Float64Array;
}

/** The tables' row of one set of classes. */
export interface ClassEvaluation {
  readonly name: string;
  readonly column: string;
  readonly classes: readonly string[];
  readonly after: ClassificationStatistics;
  readonly before: ClassificationStatistics;
}

/** Smallest probability that a logarithm is taken of. */
const SMALLEST = 1e-7;
/** Of the highest probability, for the calibration error. */
const BINS = 10;

/** @returns the index of the largest of `size` numbers from `start` on */
export function mostProbable(probabilities: ArrayLike<number>, start: number, size: number): number {
  let best = 0;
  for (let index = 1; index < size; index++) if (probabilities[start + index]! > probabilities[start + best]!) best = index;
  return best;
}

function confusionOf(reference: Int32Array, chosen: Int32Array, size: number): number[][] {
  const confusion = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  reference.forEach((truth, star) => {
    confusion[truth]![chosen[star]!]!++;
  });
  return confusion;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** F1 = 2 TP / (2 TP + FP + FN) of each class that occurs or is named, averaged. */
function macroF1(confusion: readonly (readonly number[])[]): number {
  const scores = confusion.flatMap((row, index) => {
    const named = sum(confusion.map((other) => other[index]!));
    const all = sum(row) + named;
    return all === 0 ? [] : [(2 * row[index]!) / all];
  });
  return sum(scores) / scores.length;
}

/** Guo et al. 2017, arXiv:1706.04599, eq. 3. */
function calibrationError(highest: Float64Array, right: Uint8Array): number {
  const bins = Array.from({ length: BINS }, () => ({ stars: 0, right: 0, probability: 0 }));
  highest.forEach((probability, star) => {
    const bin = bins[Math.min(BINS - 1, Math.floor(probability * BINS))]!;
    bin.stars++;
    bin.right += right[star]!;
    bin.probability += probability;
  });
  return sum(bins.map((bin) => Math.abs(bin.right - bin.probability))) / highest.length;
}

/** Brier 1950, Monthly Weather Review 78, 1: 0 for all right and sure, 2 for all wrong and sure. */
function brierScore(reference: Int32Array, probabilities: Float64Array, size: number): number {
  let total = 0;
  for (let index = 0; index < probabilities.length; index++) {
    const isTrue = reference[Math.floor(index / size)] === index % size ? 1 : 0;
    total += (probabilities[index]! - isTrue) ** 2;
  }
  return total / reference.length;
}

/**
 * @param reference [stars] index of the true class
 * @param probabilities [stars, size] row by row
 */
export function classificationStatistics(reference: Int32Array, probabilities: Float64Array, size: number): ClassificationStatistics {
  const chosen = Int32Array.from(reference, (_, star) => mostProbable(probabilities, star * size, size));
  const right = Uint8Array.from(reference, (truth, star) => (truth === chosen[star] ? 1 : 0));
  const highest = Float64Array.from(chosen, (index, star) => probabilities[star * size + index]!);
  const losses = Array.from(reference, (truth, star) => -Math.log(Math.max(SMALLEST, probabilities[star * size + truth]!)));
  const confusion = confusionOf(reference, chosen, size);
  return {
    stars: reference.length,
    accuracy: sum([...right]) / reference.length,
    macroF1: macroF1(confusion),
    logLoss: sum(losses) / reference.length,
    brier: brierScore(reference, probabilities, size),
    calibrationError: calibrationError(highest, right),
    confusion,
  };
}

export function evaluateClasses({ name, column, classes, reference, probabilities, before }: ClassPredictions): ClassEvaluation {
  return {
    ...{ name, column, classes },
    after: classificationStatistics(reference, probabilities, classes.length),
    before: classificationStatistics(reference, before, classes.length),
  };
}
