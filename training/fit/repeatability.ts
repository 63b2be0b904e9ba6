import { mean, median } from "../../src/science/statistics";

/** How far trainings that differ by their seed alone are apart on a star, averaged over the test stars. */
export interface Repeatability {
  readonly name: string;
  readonly unit: string;
  readonly trainings: number;
  /** mean over stars of the mean absolute deviation from the trainings' mean, in the label's unit */
  readonly meanAbsoluteDeviation: number;
  /** mean over stars of the median absolute deviation from the trainings' median */
  readonly medianAbsoluteDeviation: number;
}

/** @param trainings the same stars' predictions, one array a training */
export function repeatability(name: string, unit: string, trainings: readonly Float64Array[]): Repeatability {
  const stars = Array.from(trainings[0]!, (_, star) => trainings.map((values) => values[star]!));
  const deviations = (centre: (values: number[]) => number, average: (values: number[]) => number) =>
    mean(
      stars.map((values) => {
        const middle = centre(values);
        return average(values.map((value) => Math.abs(value - middle)));
      }),
    );
  return {
    name,
    unit,
    trainings: trainings.length,
    meanAbsoluteDeviation: deviations(mean, mean),
    medianAbsoluteDeviation: deviations(median, median),
  };
}
