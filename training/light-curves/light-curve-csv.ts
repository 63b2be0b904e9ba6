import { flagNames } from "../../src/catalogue/prediction-flags";
import { largestPhaseGap } from "../../src/features/light-curve/fold-light-curve";
import { csvLine } from "../../src/formats/csv/csv-line";
import type { ModelVersion } from "../../src/models/registry/registry";
import type { StarPrediction } from "../../src/models/star-prediction";
import type { Measured } from "../../src/science/measured";
import { answerCells, shortNumber } from "../files/prediction-csv";
import type { LightCurveStar } from "./light-curve-folder";
import { distanceOf } from "./star-distance";

/** What a line says of a star besides the prediction. */
export type CurveLine = Pick<LightCurveStar, "sourceId" | "curve" | "extinctionMag" | "extinctionErrorMag">;

/** How the lines of one file of predictions from light curves are written. */
export interface LightCurveCsv {
  readonly columns: readonly string[];
  /** A light curve that was refused has empty cells for labels, and flags that say why. */
  line(star: CurveLine, prediction: StarPrediction): string;
}

/** Of the period, the points and the part of the cycle between the ends of its largest gap; empty if a curve was refused. */
function curveCells({ curve }: CurveLine): string[] {
  if (!curve) return ["", "", ""];
  return [String(Number(curve.periodDays.toPrecision(9))), String(curve.phase.length), (1 - largestPhaseGap(curve.phase)).toFixed(3)];
}

function flagCell({ refusal, flags, unpredicted }: StarPrediction): string {
  if (refusal !== null) return refusal;
  return [...flagNames(flags), ...(unpredicted === null ? [] : ["UNPREDICTED"])].join("|");
}

const measuredCells = (measured: Measured | null | undefined): string[] =>
  measured ? [shortNumber(measured.value), shortNumber(measured.error)] : ["", ""];

/** @returns the [Fe/H] that a prediction holds, with its error */
export function metallicityOf(prediction: StarPrediction): Measured | null {
  const feh = prediction.labels.find(({ label }) => label === "feh");
  return feh ? { value: feh.value, error: feh.uncertainty } : null;
}

/** @param withDistances whether extinctions are given, so that distances can be: four more columns */
export function lightCurveCsv(idColumn: string, { model, version, manifest }: ModelVersion, withDistances: boolean): LightCurveCsv {
  const cells = answerCells(manifest);
  const distances = ["distance_modulus", "distance_modulus_error", "distance_pc", "distance_pc_error"];
  const curveColumns = ["period_d", "n_points", "phase_coverage", "model", "version"];
  return {
    columns: [idColumn, ...cells.columns, "flags", "inputs_outside_limits", ...curveColumns, ...(withDistances ? distances : [])],
    line(star, prediction) {
      const distance = withDistances ? distanceOf(star, metallicityOf(prediction)) : null;
      const far = withDistances ? [...measuredCells(distance?.modulus), ...measuredCells(distance?.distancePc)] : [];
      return csvLine([
        String(star.sourceId),
        ...cells.of(prediction),
        flagCell(prediction),
        prediction.inputsOutsideLimits.join("|"),
        ...curveCells(star),
        model,
        String(version),
        ...far,
      ]);
    },
  };
}
