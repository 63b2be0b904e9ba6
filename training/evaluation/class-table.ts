import { align } from "./align";
import type { ClassEvaluation } from "./class-statistics";

const percent = (fraction: number) => `${(100 * fraction).toFixed(1)}%`;

const shown = (score: number | undefined) => score?.toFixed(3) ?? "-";

/** One set of classes: its scores beside those of the estimate to beat, and which classes are taken for which. */
export function renderClassTable({ column, classes, after, before }: ClassEvaluation): string {
  const scores = align([
    [column, "model", "before"],
    ["accuracy", percent(after.accuracy), percent(before.accuracy)],
    ["macro F1", after.macroF1.toFixed(3), before.macroF1.toFixed(3)],
    ["log loss", after.logLoss.toFixed(3), before.logLoss.toFixed(3)],
    ["Brier score", shown(after.brier), shown(before.brier)],
    ["calibration error", after.calibrationError.toFixed(3), before.calibrationError.toFixed(3)],
    ["stars", String(after.stars), String(before.stars)],
  ]);
  const confusion = align([
    ["true \\ predicted", ...classes],
    ...classes.map((name, index) => [name, ...after.confusion[index]!.map(String)]),
  ]);
  return [...scores, "", ...confusion].join("\n");
}
