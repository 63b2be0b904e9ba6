import { axes, clipped, grid, heading, line, type Panel, place } from "../../../src/figures/panel";
import { logScale } from "../../../src/figures/scale";
import { document, element, FAINT, text } from "../../../src/figures/svg";
import { quantile, rootMeanSquare } from "../../../src/science/statistics";
import { coverage, type LabelPredictions } from "../error-statistics";
import { density } from "./density";

const RMS_COLOUR = "#e0483e";

/** Stated error and |residual| of one star. */
type ErrorPair = readonly [stated: number, actual: number];

function errorPairs({ reference, predicted, error }: LabelPredictions): ErrorPair[] {
  return Array.from(reference, (value, star): ErrorPair => [error[star]!, Math.abs(predicted[star]! - value)]).filter(
    ([stated, actual]) => stated > 0 && actual > 0 && Number.isFinite(stated + actual),
  );
}

/** Root mean square residual of stars with like stated errors: on the 1 sigma line where the errors are true. */
function runningRms(pairs: readonly ErrorPair[]): ErrorPair[] {
  const sorted = [...pairs].sort((a, b) => a[0] - b[0]);
  const isOneError = sorted[sorted.length - 1]![0]! < 1.01 * sorted[0]![0]!;
  const size = Math.ceil(sorted.length / (isOneError ? 1 : Math.min(12, Math.max(1, Math.floor(sorted.length / 40)))));
  const groups = Array.from({ length: Math.ceil(sorted.length / size) }, (_, i) => sorted.slice(i * size, (i + 1) * size));
  return groups.map((group) => [
    rootMeanSquare(Float64Array.from(group, ([stated]) => stated)),
    rootMeanSquare(Float64Array.from(group, ([, actual]) => actual)),
  ]);
}

/** @param cut fraction of the stars left below the axis: small residuals are many decades of chance */
function axisRange(values: Float64Array, cut: number): [number, number] {
  const [min, max] = [quantile(values, cut), quantile(values, 1)];
  // A model with one error for all stars still needs an axis: a factor of two to either side.
  return max / min > 1.5 ? [min, max] : [min / 2, max * 2];
}

const percent = (fraction: number) => `${(100 * fraction).toFixed(1)}%`;

function sigmaLine(panel: Panel, sigmas: number, [from, to]: readonly [number, number], dash?: string): string {
  return line(
    panel,
    [
      [from / 10, (sigmas * from) / 10],
      [to * 10, sigmas * to * 10],
    ],
    dash ? { dash } : {},
  );
}

function legend({ left, top, height }: Panel): string {
  const [x, y] = [left + 12, top + height - 38];
  const ground = { x, y, width: 312, height: 26, rx: 4, fill: "#ffffff", "fill-opacity": 0.9, stroke: FAINT };
  const words = "RMS of like stars  \u00b7  lines: 1\u03c3 (full), 2\u03c3 (dashed)";
  const dot = element("circle", { cx: x + 14, cy: y + 13, r: 5, fill: RMS_COLOUR });
  return element("rect", ground) + dot + text(x + 26, y + 17.5, words, { anchor: "start", size: 12.5 });
}

/** Stated error against actual error: whether a star's sigma says how far off its label is. */
export function coverageFigure(label: LabelPredictions, title: string): string {
  const { column, unit } = label;
  const pairs = errorPairs(label);
  const stated = axisRange(
    Float64Array.from(pairs, ([sigma]) => sigma),
    0.002,
  );
  const actual = axisRange(
    Float64Array.from(pairs, ([, residual]) => residual),
    0.03,
  );
  const panel: Panel = {
    left: 92,
    top: 72,
    width: 520,
    height: 440,
    x: logScale(...stated),
    y: logScale(...actual),
    xTitle: `stated error of ${column} [${unit}]`,
    yTitle: `|predicted \u2212 reference| [${unit}]`,
  };
  const { cells, bar } = density(panel, pairs);
  const dots = runningRms(pairs).map(([x, y]) => {
    const [cx, cy] = place(panel, x, y);
    return element("circle", { cx, cy, r: 5, fill: RMS_COLOUR, stroke: "#ffffff", "stroke-width": 1.6 });
  });
  const subtitle = `within 1\u03c3: ${percent(coverage(label))} (68.3% wanted)  \u00b7  within 2\u03c3: ${percent(coverage(label, 2))} (95.4% wanted)`;
  return document(730, 580, `${title}: stated and actual errors of ${column}`, [
    heading(panel, `${title}: ${column}`, subtitle),
    grid(panel),
    clipped(panel, "stars", [cells, sigmaLine(panel, 1, stated), sigmaLine(panel, 2, stated, "6 4"), ...dots]),
    axes(panel),
    bar,
    legend(panel),
  ]);
}
