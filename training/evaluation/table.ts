import type { ErrorStatistics } from "../../src/models/registry/error-statistics";
import { align } from "./align";
import type { LabelEvaluation } from "./error-statistics";

const ROWS: readonly [title: string, key: Exclude<keyof ErrorStatistics, "stars">][] = [
  ["mean", "mean"],
  ["median", "median"],
  ["sigma", "sigma"],
  ["MAD (mean absolute)", "meanAbsoluteDeviation"],
  ["MAD (median absolute)", "medianAbsoluteDeviation"],
  ["RMSE", "rmse"],
];

/** Kelvin to a tenth; dex, and whatever else there may be, to a thousandth: what the quoted errors allow. */
export function formatValue(value: number, unit: string): string {
  const decimals = unit === "K" ? 1 : 3;
  // Rounded first, and + 0: a tiny negative number shows as 0.000, not as -0.000.
  return Number.isFinite(value) ? (Number(value.toFixed(decimals)) + 0).toFixed(decimals) : "-";
}

const percent = (fraction: number) => (Number.isFinite(fraction) ? `${(100 * fraction).toFixed(1)}%` : "-");

/**
 * The tables by which stellar labels are published: each statistic of (predicted - reference), after and before the
 * model, one pair of columns a label.
 */
export function renderTable(labels: readonly LabelEvaluation[]): string {
  const pairs = (cell: (statistics: ErrorStatistics, unit: string) => string) =>
    labels.flatMap(({ after, before, unit }) => [cell(after, unit), cell(before, unit)]);
  const rows = [
    ["predicted - reference", ...labels.flatMap(({ column, unit }) => [`${column} [${unit}]`, "before"])],
    ...ROWS.map(([title, key]) => [title, ...pairs((statistics, unit) => formatValue(statistics[key], unit))]),
    ["ratio, the same stars", ...labels.flatMap(({ ratio }) => [formatValue(ratio, "ratio"), ""])],
    ["R2", ...labels.flatMap(({ r2 }) => [formatValue(r2, "ratio"), ""])],
    ["within 1 stated sigma", ...labels.flatMap(({ coverage }) => [percent(coverage), ""])],
    ["within 2 stated sigma", ...labels.flatMap(({ coverageTwo }) => [percent(coverageTwo), ""])],
    ["stars", ...pairs(({ stars }) => String(stars))],
  ];
  const [header, ...lines] = align(rows);
  return [header, "-".repeat(Math.max(header!.length, ...lines.map((line) => line.length))), ...lines].join("\n");
}
