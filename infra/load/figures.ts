import { type Snapshot, sumOf, type TimedSnapshot } from "./metrics-watch";

/** A line of a chart: how its value follows from two readings in turn; null where there is none. */
interface Series {
  readonly name: string;
  value(before: Snapshot, after: Snapshot, seconds: number): number | null;
}

/** A chart of the report, over the time of the run. */
export interface Figure {
  readonly title: string;
  readonly unit: string;
  readonly series: readonly Series[];
}

const increase = (before: Snapshot, after: Snapshot, name: string) => sumOf(after, name) - sumOf(before, name);

const rate =
  (name: string): Series["value"] =>
  (before, after, seconds) =>
    increase(before, after, name) / seconds;

/** Mean of what a histogram saw in between, times `scale`. */
const mean =
  (name: string, scale = 1): Series["value"] =>
  (before, after) => {
    const count = increase(before, after, `${name}_count`);
    return count > 0 ? (scale * increase(before, after, `${name}_sum`)) / count : null;
  };

const gauge =
  (name: string, scale = 1): Series["value"] =>
  (_before, after) =>
    scale * sumOf(after, name);

export const FIGURES: readonly Figure[] = [];

/** @returns the line's points: seconds since the run began, value */
export function pointsOf(series: Series, snapshots: readonly TimedSnapshot[]): [number, number][] {
  return snapshots.slice(1).flatMap(({ at, samples }, index): [number, number][] => {
    const before = snapshots[index]!;
    const value = series.value(before.samples, samples, at - before.at);
    return value === null || !Number.isFinite(value) ? [] : [[at, value]];
  });
}
export const RECIPES = { rate, mean, gauge };
