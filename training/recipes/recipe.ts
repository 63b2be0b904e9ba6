import type { ModelVersion } from "../../src/models/registry";
import type { LabelEvaluation, LabelPredictions } from "../evaluation/error-statistics";
import type { Repeatability } from "../fit/repeatability";

/** How a training is followed and ended. */
export interface Watch {
  readonly onProgress?: (done: number, total: number, note: string) => void;
  /** ends the training with the best so far, which is registered */
  readonly interrupt?: AbortSignal;
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
}
