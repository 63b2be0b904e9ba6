import type { LabelPredictions } from "../../../evaluation/error-statistics";
import type { ModelledCurve } from "../../../light-curves/figures/light-curves";
import type { CurveSample } from "./curve-sample";

/** Stars to draw: in equal steps from the one that is predicted best to the one that is predicted worst. */
const DRAWN = 6;

/** @param rows of the stars that were predicted @param label their predictions, in the order of the rows */
export function curvesToDraw(sample: CurveSample, ids: readonly string[], rows: Int32Array, label: LabelPredictions): ModelledCurve[] {
  const byError = [...rows.keys()].sort(
    (a, b) => Math.abs(label.predicted[a]! - label.reference[a]!) - Math.abs(label.predicted[b]! - label.reference[b]!),
  );
  return Array.from({ length: Math.min(DRAWN, rows.length) }, (_, step) => {
    const index = byError[Math.round((step * (rows.length - 1)) / (DRAWN - 1))]!;
    const star = rows[index]!;
    const [first, end] = [sample.starts[star]!, sample.starts[star + 1]!];
    return {
      id: `Gaia DR2 ${ids[star]!}`,
      periodDays: sample.periods[star]!,
      phase: Array.from(sample.times.subarray(first, end), (time) => time / sample.periods[star]!),
      mag: Array.from(sample.mags.subarray(first, end)),
      ...{ reference: label.reference[index]!, predicted: label.predicted[index]!, error: label.error[index]! },
    };
  });
}
