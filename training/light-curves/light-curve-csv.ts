import { flagNames } from "../../src/catalogue/prediction-flags";
import { largestPhaseGap } from "../../src/features/light-curve/fold-light-curve";
import { csvLine } from "../../src/formats/csv/csv-line";
import { quantitiesOf } from "../../src/models/registry/output";
import type { ModelVersion } from "../../src/models/registry/registry";
import type { StarPrediction } from "../../src/models/star-prediction";
import type { Measured } from "../../src/science/measured";
import { shortNumber } from "../predict/prediction-csv";
import type { LightCurveStar } from "./light-curve-folder";
import { distanceOf } from "./star-distance";

/** How the lines of one file of predictions from light curves are written. */
export interface LightCurveCsv {
  /** with its line's end */
  readonly header: string;
  /** @param prediction null if the light curve was refused: the labels are empty cells and the flags say why */
  line(star: LightCurveStar, prediction: StarPrediction | null): string;
}

/** Of the period, the points and the part of the cycle between the ends of its largest gap; empty if a curve was refused. */
function curveCells({ curve }: LightCurveStar): string[] {
  if (!curve) return ["", "", ""];
  return [String(Number(curve.periodDays.toPrecision(9))), String(curve.phase.length), (1 - largestPhaseGap(curve.phase)).toFixed(3)];
}

function flagCell({ refusal }: LightCurveStar, prediction: StarPrediction | null): string {
  const flags: string[] = refusal === null ? flagNames(prediction?.flags ?? 0) : [refusal];
  if (prediction?.unpredicted) flags.push("UNPREDICTED");
  return flags.join("|");
}

const measuredCells = (measured: Measured | null | undefined): string[] =>
  measured ? [shortNumber(measured.value), shortNumber(measured.error)] : ["", ""];

/** @returns the [Fe/H] that a prediction holds, with its error */
export function metallicityOf(prediction: StarPrediction | null): Measured | null {
  const feh = prediction?.labels.find(({ label }) => label === "feh");
  return feh ? { value: feh.value, error: feh.uncertainty } : null;
}

/** @param withDistances whether extinctions are given, so that distances can be: four more columns */
export function lightCurveCsv(idColumn: string, { model, version, manifest }: ModelVersion, withDistances: boolean): LightCurveCsv {
  const names = quantitiesOf(manifest).map(({ name }) => name);
  const distances = ["distance_modulus", "distance_modulus_error", "distance_pc", "distance_pc_error"];
  const curveColumns = ["period_d", "n_points", "phase_coverage", "model", "version"];
  const ofLabels = names.flatMap((name) => [name, `${name}_error`]);
  return {
    header: csvLine([idColumn, ...ofLabels, "flags", "inputs_outside_limits", ...curveColumns, ...(withDistances ? distances : [])]),
    line(star, prediction) {
      const answers = names.map((name) => prediction?.labels.find(({ label }) => label === name));
      const labels = answers.flatMap((answer) => measuredCells(answer && { value: answer.value, error: answer.uncertainty }));
      const outside = prediction?.inputsOutsideLimits.join("|") ?? "";
      const distance = withDistances ? distanceOf(star, metallicityOf(prediction)) : null;
      const far = withDistances ? [...measuredCells(distance?.modulus), ...measuredCells(distance?.distancePc)] : [];
      return csvLine([
        String(star.sourceId),
        ...labels,
        flagCell(star, prediction),
        outside,
        ...curveCells(star),
        model,
        String(version),
        ...far,
      ]);
    },
  };
}
