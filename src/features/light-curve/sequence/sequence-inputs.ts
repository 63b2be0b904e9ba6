import type { Input } from "../../feature-set";

/**
 * How a sequence of points lies in one flat row of inputs: the period, how many points there are, the points' times
 * within the cycle, and their magnitudes. What is behind the last point is 0 and not looked at; it is not NaN, which
 * would say that something is missing.
 */
export interface SequenceLayout {
  /** most points */
  readonly points: number;
}

/** One point of a sequence. */
export interface SequencePoint {
  /** [d] from where the cycle begins: phase x period */
  readonly time: number;
  /** [mag] less the star's mean */
  readonly mag: number;
}

/** Columns of a row. */
export const PERIOD_COLUMN = 0;
export const COUNT_COLUMN = 1;
export const timeColumn = (point: number): number => 2 + point;
export const magColumn = ({ points }: SequenceLayout, point: number): number => 2 + points + point;
export const columnsOf = ({ points }: SequenceLayout): number => 2 + 2 * points;

const numbered = (points: number, input: (number: string) => Input): Input[] =>
  Array.from({ length: points }, (_, point) => input(String(point + 1).padStart(String(points).length, "0")));

/** The inputs of a feature set of this layout, in the order of its columns. */
export function sequenceInputs({ points }: SequenceLayout): Input[] {
  return [
    { name: "period", unit: "d", description: "pulsation period" },
    { name: "points", unit: "-", description: "points of the sequence; what is behind them is padding" },
    ...numbered(points, (number) => ({ name: `time_${number}`, unit: "d", description: "phase x period, from where the cycle begins" })),
    ...numbered(points, (number) => ({ name: `mag_${number}`, unit: "mag", description: "magnitude less the star's mean" })),
  ];
}

/** @param sequence in the order of time, no more points than the layout has @returns one row */
export function sequenceRow(layout: SequenceLayout, periodDays: number, sequence: readonly SequencePoint[]): Float32Array {
  const row = new Float32Array(columnsOf(layout));
  row[PERIOD_COLUMN] = periodDays;
  row[COUNT_COLUMN] = sequence.length;
  sequence.forEach(({ time, mag }, point) => {
    row[timeColumn(point)] = time;
    row[magColumn(layout, point)] = mag;
  });
  return row;
}
