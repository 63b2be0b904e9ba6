import type { Input } from "../../feature-set";

/**
 * The layout of a sequence of points as one flat row of inputs: the period, the number of points, their times within the
 * cycle, and their magnitudes. Entries after the last point are 0 and ignored; NaN would mean a missing input.
 */
export interface SequenceLayout {
  /** largest number of points */
  readonly points: number;
}

/** One point of a sequence. */
export interface SequencePoint {
  /** [d] since the beginning of the cycle: phase x period */
  readonly time: number;
  /** [mag] minus the star's mean */
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

/** @param sequence ordered by time, with no more points than the layout allows @returns one row */
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
