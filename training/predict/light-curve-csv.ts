import { largestPhaseGap } from "../../src/features/light-curve/fold-light-curve";
import { csvLine } from "../../src/formats/csv-line";
import { flagNames } from "../../src/models/flags";
import type { ModelVersion } from "../../src/models/registry";
import type { StarPrediction } from "../../src/models/star-prediction";
import type { LightCurveStar } from "../datasets/light-curve-folder";
import { shortNumber } from "./prediction-csv";

/** @returns the header of a file of predictions from light curves, with its line's end */
export function lightCurveHeader(idColumn: string, { manifest }: ModelVersion): string {
  const ofLabels = manifest.labels.flatMap(({ name }) => [name, `${name}_error`]);
  return csvLine([idColumn, ...ofLabels, "flags", "inputs_outside_limits", "period_d", "n_points", "phase_coverage", "model", "version"]);
}

/** Of the period, the points and the part of the cycle between the ends of its largest gap; empty where a curve was refused. */
function curveCells({ curve }: LightCurveStar): string[] {
  if (!curve) return ["", "", ""];
  return [String(Number(curve.periodDays.toPrecision(9))), String(curve.phase.length), (1 - largestPhaseGap(curve.phase)).toFixed(3)];
}

/**
 * @param prediction null where the light curve was refused: the labels are empty cells and the flags say why
 * @returns a star's line; names in a cell are joined by |
 */
export function lightCurveLine(
  star: LightCurveStar,
  { model, version, manifest }: ModelVersion,
  prediction: StarPrediction | null,
): string {
  const answers = manifest.labels.map(({ name }) => prediction?.labels.find(({ label }) => label === name));
  const ofLabels = answers.flatMap((answer) => (answer ? [shortNumber(answer.value), shortNumber(answer.uncertainty)] : ["", ""]));
  const flags: string[] = star.refusal === null ? flagNames(prediction?.flags ?? 0) : [star.refusal];
  if (prediction?.unpredicted) flags.push("UNPREDICTED");
  const outside = prediction?.inputsOutsideLimits.join("|") ?? "";
  return csvLine([String(star.sourceId), ...ofLabels, flags.join("|"), outside, ...curveCells(star), model, String(version)]);
}
