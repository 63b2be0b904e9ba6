import type { Metric } from "../../src/models/registry/output";
import type { ClassEvaluation } from "./class-statistics";
import type { LabelEvaluation } from "./error-statistics";

/** A version's scores. */
export interface Scores {
  readonly labels: readonly LabelEvaluation[];
  readonly classes: readonly ClassEvaluation[];
}

/** Mean over what is said of how much better it is than the estimate to beat; lower is better. */
export function metricOf({ labels, classes }: Scores): Metric {
  const ratios = [...labels.map(({ ratio }) => ratio), ...classes.map(({ after, before }) => after.logLoss / before.logLoss)];
  const name = classes.length === 0 ? "rmse-ratio" : labels.length === 0 ? "log-loss-ratio" : "error-ratio";
  return { name, value: ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length, better: "lower" };
}
