import { acceptedDurations } from "./k6";
import type { LoadReport } from "./load-test";

const ms = (value: number | undefined) => (value === undefined ? "-" : value.toFixed(1)).padStart(9);

/** The results of a run by phase and kind of request, for a terminal. */
export function describe({ script, profile, summary, verdicts }: LoadReport): string {
  const { metrics, state } = summary;
  const seconds = state.testRunDurationMs / 1000;
  const rows = acceptedDurations(summary).map(([name, { values }]) => {
    const part = name.match(/:(.*)}/)?.[1] ?? "all";
    return `  ${part.padEnd(14)}${String(values.count).padStart(8)}${["med", "p(90)", "p(95)", "p(99)", "max"].map((figure) => ms(values[figure])).join("")}`;
  });
  const refusals = metrics.refused!.values;
  const unsent = metrics.dropped_iterations?.values.count ?? 0;
  return [
    `${script} ${profile}: ${metrics.accepted_duration!.values.count} answered in ${seconds.toFixed(1)} s, ${(100 * refusals.rate!).toFixed(1)}% refused, ${metrics.failed!.values.passes} failed`,
    `  [ms]          requests   median      p90      p95      p99      max`,
    ...rows,
    ...(unsent > 0 ? [`  ${unsent} requests were not sent: k6 had no free client, and its own waits are part of these times`] : []),
    ...verdicts.map(({ what, ok }) => `${ok ? "  held   " : "  FAILED "} ${what}`),
  ].join("\n");
}
