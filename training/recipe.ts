import type { ModelVersion } from "../src/models/registry/registry";
import type { LabelEvaluation, LabelPredictions } from "./evaluation/error-statistics";
import type { Repeatability } from "./fit/repeatability";

/** How a training is followed and ended. */
export interface Watch {
  readonly onProgress?: (done: number, total: number, note: string) => void;
  /** ends the training with the best so far, which is registered */
  readonly interrupt?: AbortSignal;
}

/** A drawing of a recipe's own, beside those of its predictions. */
export interface RecipeFigure {
  /** file name */
  readonly name: string;
  readonly svg: string;
}

/** What every recipe hands back. */
export interface TrainingReport {
  readonly version: ModelVersion;
  /** of the test stars */
  readonly evaluations: readonly LabelEvaluation[];
  /** of the test stars, for figures */
  readonly predictions: readonly LabelPredictions[];
  /** of several trainings; null of one */
  readonly repeatability: readonly Repeatability[] | null;
  readonly interrupted: boolean;
  /** lines of a recipe's own, for people; programs find the same in the manifest's settings */
  readonly notes?: readonly string[];
  readonly figures?: readonly RecipeFigure[];
}
