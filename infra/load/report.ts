import { escapeText } from "../../src/figures/svg";
import { chart } from "./chart";
import { FIGURES } from "./figures";
import { acceptedDurations, type Metric, type Summary } from "./k6";
import type { LoadReport } from "./load-test";

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; color: #1f2430; max-width: 1300px; margin: 2rem auto; padding: 0 1rem; }
  h1 { margin-bottom: 0; } .about { color: #4b5263; margin-top: .2rem; }
  table { border-collapse: collapse; margin: 1rem 0; } th, td { padding: .3rem .9rem; border-bottom: 1px solid #e4e7ec; text-align: right; }
  th:first-child, td:first-child { text-align: left; } .held { color: #00704f; } .failed { color: #b3261e; font-weight: 600; }
  .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(420px, 1fr)); gap: 1rem; } svg { width: 100%; height: auto; }`;

const FIGURE_NAMES = ["avg", "med", "p(90)", "p(95)", "p(99)", "max"] as const;

const cells = (tag: "td" | "th", values: readonly string[]) =>
  `<tr>${values.map((value) => `<${tag}>${escapeText(value)}</${tag}>`).join("")}</tr>`;

/** The tag of a metric, such as "kind: point"; "all requests" for the untagged one. */
const partOf = (name: string) => name.match(/{(.*)}/)?.[1]?.replace(":", ": ") ?? "all requests";

function percentiles(summary: Summary): string {
  const row = ([name, { values }]: [string, Metric]) =>
    cells("td", [partOf(name), String(values.count), ...FIGURE_NAMES.map((figure) => values[figure]!.toFixed(1))]);
  return `<table>${cells("th", ["answered within [ms]", "requests", "mean", "median", "p90", "p95", "p99", "longest"])}${acceptedDurations(summary).map(row).join("")}</table>`;
}

const COUNTED: Readonly<Record<string, string>> = {
  refused: "refused (503 or OVERLOADED)",
  failed: "failed",
};

function errors({ metrics, root_group: { checks } }: Summary): string {
  const rates = Object.entries(metrics)
    .sort()
    .filter(([name]) => name.replace(/{.*/, "") in COUNTED);
  const rows = rates.map(([name, { values }]) =>
    cells("td", [`${COUNTED[name.replace(/{.*/, "")]}, ${partOf(name)}`, String(values.passes), `${(100 * values.rate!).toFixed(2)}%`]),
  );
  const counters = ["refused_without_retry_after", "dropped_iterations"].flatMap((name) => {
    const count = metrics[name]?.values.count ?? 0;
    return [
      cells("td", [name === "dropped_iterations" ? "not sent: k6 had no free client" : "refused without Retry-After", String(count), ""]),
    ];
  });
  const checked = checks.map(({ name, passes, fails }) =>
    cells("td", [name, String(fails), `${((100 * fails) / (passes + fails)).toFixed(2)}%`]),
  );
  return `<table>${cells("th", ["errors and refusals", "requests", "share"])}${rows.join("")}${counters.join("")}</table>
<table>${cells("th", ["check of the answers that were read", "failed", "share"])}${checked.join("")}</table>`;
}

/** A single HTML file without external resources: results as tables, the server's `/metrics` during the run as charts. */
export function renderReport(report: LoadReport): string {
  const { script, profile, startedAt, asterism, machine, settings, summary, snapshots, verdicts } = report;
  const title = `${script} ${profile}`;
  const seconds = (summary.state.testRunDurationMs / 1000).toFixed(1);
  const given = Object.entries(settings).map(([name, value]) => `${name} ${value}`);
  const about = [startedAt, `${seconds} s`, ...given, `asterism ${asterism}`, machine].join(" \u00b7 ");
  const held = verdicts.map(
    ({ what, ok }) => `<tr><td>${escapeText(what)}</td><td class="${ok ? "held" : "failed"}">${ok ? "held" : "crossed"}</td></tr>`,
  );
  const charts = FIGURES.flatMap((figure) => chart(figure, snapshots) ?? []);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Load: ${escapeText(title)}</title>
<style>${STYLE}</style>
<h1>${escapeText(title)}</h1>
<p class="about">${escapeText(about)}</p>
<table><tr><th>threshold</th><th></th></tr>${held.join("")}</table>
${percentiles(summary)}
${errors(summary)}
<h2>Inside the server</h2>
${charts.length > 0 ? `<div class="charts">${charts.join("\n")}</div>` : "<p>No metrics were read from the server; the run may have been too short.</p>"}
</html>
`;
}
