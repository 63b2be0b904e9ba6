import { describe as describeRun } from "../../infra/load/describe";
import { type Figure, pointsOf } from "../../infra/load/figures";
import type { Summary } from "../../infra/load/k6";
import { type LoadReport, verdictsOf } from "../../infra/load/load-test";
import { parseMetrics, sumOf } from "../../infra/load/metrics-watch";
import { renderReport } from "../../infra/load/report";

const trend = (p99: number, thresholds = {}) => ({
  type: "trend" as const,
  values: { avg: 3, min: 1, med: 2, "p(90)": 5, "p(95)": 6, "p(99)": p99, max: p99 + 1, count: 100 },
  thresholds,
});

/** What k6 leaves of a spike, in the shape of its own summary. */
function spike(p99During: number): Summary {
  return {
    state: { testRunDurationMs: 60_000 },
    metrics: {
      accepted_duration: trend(p99During),
      "accepted_duration{phase:before}": trend(10, { "p(99)>=0": { ok: true } }),
      "accepted_duration{phase:spike}": trend(p99During, { "p(99)>=0": { ok: true } }),
      refused: { type: "rate", values: { rate: 0.5, passes: 100, fails: 100 } },
      failed: { type: "rate", values: { rate: 0, passes: 0, fails: 200 }, thresholds: { "rate==0": { ok: true } } },
    },
    root_group: { checks: [{ name: "<b>a star keeps its id</b>", passes: 100, fails: 0 }] },
  };
}

const report = (p99During: number): LoadReport => ({
  ...{ script: "point", profile: "spike", startedAt: "2026-01-01T00:00:00Z", asterism: "0", machine: "m", settings: { CAPACITY: 9 } },
  summary: spike(p99During),
  snapshots: [],
  verdicts: verdictsOf("spike", spike(p99During)),
});

test("metrics are read as Prometheus writes them, and summed over labels that are not asked for", () => {
  const samples = parseMetrics('# HELP a b\n# TYPE a counter\na{x="1",y="p"} 2\na{x="2",y="p"} 3\nab 7\n\n');
  expect([sumOf(samples, "a"), sumOf(samples, "a", { x: "2" }), sumOf(samples, "ab"), sumOf(samples, "absent")]).toEqual([5, 3, 7, 0]);
});

test("a line of a chart has a point for each two readings between which something happened", () => {
  const series: Figure["series"][number] = {
    name: "a",
    value: (before, after, seconds) => (sumOf(after, "a") > sumOf(before, "a") ? (sumOf(after, "a") - sumOf(before, "a")) / seconds : null),
  };
  const snapshots = [0, 1, 3, 4].map((at, index) => ({ at, samples: new Map([["a", [0, 5, 9, 9][index]!]]) }));
  expect(pointsOf(series, snapshots)).toEqual([
    [1, 5],
    [3, 2],
  ]);
});

test("a spike holds where those let in wait at most twice as long as before", () => {
  expect(verdictsOf("spike", spike(20)).map(({ ok }) => ok)).toEqual([true, true]);
  expect(verdictsOf("spike", spike(20.1)).map(({ ok }) => ok)).toEqual([true, false]);
});

test("the report is one file that fetches nothing and lets no name become markup", () => {
  const page = renderReport(report(30));
  expect(page).toContain("phase: spike");
  expect(page).toContain("crossed");
  expect(page).toContain("&lt;b&gt;a star keeps its id");
  expect(page).not.toMatch(/<script|<link|https?:\/\/(?!www\.w3\.org)/);
});

test("a terminal is told the figures of each phase", () => {
  expect(describeRun(report(30))).toMatch(/spike +100 +2\.0 +5\.0 +6\.0 +30\.0 +31\.0/);
});
