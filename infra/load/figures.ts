import { type Snapshot, sumOf, type TimedSnapshot } from "./metrics-watch";

/** A line of a chart: computes its value from two consecutive readings; null if there is none. */
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

type Labels = Readonly<Record<string, string>>;

const increase = (before: Snapshot, after: Snapshot, name: string, labels?: Labels) =>
  sumOf(after, name, labels) - sumOf(before, name, labels);

/** Increase of a counter per second. */
const rate =
  (name: string, labels?: Labels): Series["value"] =>
  (before, after, seconds) =>
    increase(before, after, name, labels) / seconds;

/** Mean of the values that a histogram recorded between the readings; null if there were none. */
const mean =
  (name: string, scale = 1): Series["value"] =>
  (before, after) => {
    const count = increase(before, after, `${name}_count`);
    return count > 0 ? (scale * increase(before, after, `${name}_sum`)) / count : null;
  };

const gauge =
  (name: string, scale = 1, labels?: Labels): Series["value"] =>
  (_before, after) =>
    scale * sumOf(after, name, labels);

const MS = 1000;
const MIB = 2 ** -20;

/** The charts of the server's metrics under load. */
export const FIGURES: readonly Figure[] = [
  {
    title: "Requests answered",
    unit: "requests/s",
    series: [
      { name: "2xx", value: rate("asterism_request_duration_seconds_count", { status: "2xx" }) },
      { name: "5xx", value: rate("asterism_request_duration_seconds_count", { status: "5xx" }) },
      { name: "refused", value: rate("asterism_requests_refused_total") },
    ],
  },
  {
    title: "Mean time of a request in the server",
    unit: "ms",
    series: [{ name: "all", value: mean("asterism_request_duration_seconds", MS) }],
  },
  {
    title: "Event-loop delay",
    unit: "ms",
    series: [
      { name: "p99", value: gauge("nodejs_eventloop_lag_p99_seconds", MS) },
      { name: "median", value: gauge("nodejs_eventloop_lag_p50_seconds", MS) },
    ],
  },
  {
    title: "Mean batch",
    unit: "stars",
    series: [
      { name: "read together", value: mean("asterism_lookup_batch_stars") },
      { name: "predicted together", value: mean("asterism_inference_batch_stars") },
    ],
  },
  {
    title: "Mean time of a database statement",
    unit: "ms",
    series: [{ name: "all", value: mean("asterism_database_statement_duration_seconds", MS) }],
  },
  {
    title: "Database at work",
    unit: "statements under way",
    series: [{ name: "all", value: rate("asterism_database_statement_duration_seconds_sum") }],
  },
  {
    title: "Connections to the database",
    unit: "connections",
    series: [
      { name: "busy", value: gauge("asterism_database_connections", 1, { state: "busy" }) },
      { name: "waited for", value: gauge("asterism_database_connections", 1, { state: "waiting" }) },
    ],
  },
  {
    title: "Memory of the server",
    unit: "MiB",
    series: [{ name: "all", value: gauge("process_resident_memory_bytes", MIB) }],
  },
  {
    title: "Processor time of the server",
    unit: "processors",
    series: [{ name: "all", value: rate("process_cpu_seconds_total") }],
  },
];

/** @returns the line's points: seconds since the run began, value */
export function pointsOf(series: Series, snapshots: readonly TimedSnapshot[]): [number, number][] {
  return snapshots.slice(1).flatMap(({ at, samples }, index): [number, number][] => {
    const before = snapshots[index]!;
    const value = series.value(before.samples, samples, at - before.at);
    return value === null || !Number.isFinite(value) ? [] : [[at, value]];
  });
}
