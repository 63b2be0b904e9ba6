import type { ErrorStatistics } from "./error-statistics";

/** Share of test stars whose error is within one and two stated standard errors: 0.68 and 0.95 for honest ones. */
export interface Coverage {
  readonly one: number;
  /** null where it was not computed, as for versions registered before */
  readonly two: number | null;
}

/** A number with its error: teff, feh. */
export interface QuantityOutput {
  readonly kind: "quantity";
  /** our name: teff, logg, feh, mh, alphaM, or the study's own */
  readonly name: string;
  readonly unit: string;
  /** its column in the training table and in the output of `asterism predict`: Teff, FeH */
  readonly column: string;
  /** smallest and largest value in training: predictions beyond them are extrapolated */
  readonly limits: readonly [min: number, max: number];
  /** on the test stars, which were used neither for fitting nor for early stopping */
  readonly test: ErrorStatistics;
  /** of the estimate to beat on the same stars */
  readonly before: ErrorStatistics;
  readonly coverage: Coverage;
  /** [unit] A star with a larger stated error gets no number: it would be the training sample's mean. Absent: all get one. */
  readonly largestError?: number;
}

/** How well classes are told apart, on the test stars. */
export interface ClassificationStatistics {
  readonly stars: number;
  /** share of stars whose most probable class is the right one */
  readonly accuracy: number;
  /** F1 score averaged over the classes, each counting the same */
  readonly macroF1: number;
  /** mean negative natural logarithm of the probability of the right class */
  readonly logLoss: number;
  /** mean over the stars of the summed squares of (probability - whether it is that class), 0 to 2; absent: registered before it was computed */
  readonly brier?: number;
  /** expected calibration error: |share right - mean probability|, averaged over ten bins of the highest probability */
  readonly calibrationError: number;
  /** [class, class] stars by true class (row) and most probable class (column) */
  readonly confusion: readonly (readonly number[])[];
}

/** Which of several classes a star belongs to, with calibrated probabilities. */
export interface ClassesOutput {
  readonly kind: "classes";
  /** as variableType, stellarClass */
  readonly name: string;
  readonly column: string;
  /** in the order of the probabilities */
  readonly classes: readonly string[];
  readonly test: ClassificationStatistics;
  /** of always naming the most frequent class, or of the study's own baseline */
  readonly before: ClassificationStatistics;
}

/** A vector in which near means alike: an embedding. */
export interface VectorOutput {
  readonly kind: "vector";
  readonly name: string;
  readonly length: number;
  readonly description: string;
}

/** What a model version says of a star; a version may say several things, of any kinds. */
export type Output = QuantityOutput | ClassesOutput | VectorOutput;

type Outputs = { readonly outputs: readonly Output[] };

const isQuantity = (output: Output): output is QuantityOutput => output.kind === "quantity";
const isClasses = (output: Output): output is ClassesOutput => output.kind === "classes";
const isVector = (output: Output): output is VectorOutput => output.kind === "vector";

/** @returns the quantities that a version says, in the order of its artifact's `value` and `error` */
export const quantitiesOf = ({ outputs }: Outputs): QuantityOutput[] => outputs.filter(isQuantity);

/** @returns the classifications that a version says, in the manifest's order */
export const classesOf = ({ outputs }: Outputs): ClassesOutput[] => outputs.filter(isClasses);

/** @returns the vectors that a version says, in the manifest's order */
export const vectorsOf = ({ outputs }: Outputs): VectorOutput[] => outputs.filter(isVector);

/** Compares versions of a model: mean over outputs. */
export interface Metric {
  /** rmse-ratio: test RMSE / RMSE of the estimate to beat; accuracy, macro-f1, log-loss ... */
  readonly name: string;
  readonly value: number;
  readonly better: "lower" | "higher";
}
