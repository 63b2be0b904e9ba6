import { axes, clipped, grid, heading, type Panel, place } from "../../../src/figures/panel";
import { linearScale, logScale } from "../../../src/figures/scale";
import { document, element, text } from "../../../src/figures/svg";
import { median, quantile } from "../../../src/science/statistics";
import { type LabelPredictions, residuals } from "../error-statistics";
import { formatValue } from "../table";

const AFTER = "#2a788e";
const BEFORE = "#e07b39";
const BINS = 44;

interface Histogram {
  readonly name: string;
  readonly colour: string;
  readonly median: number;
  /** of the stars, in each bin */
  readonly percentages: Float64Array;
}

/** An error of exactly 0 has no logarithm: it counts in the first bin. */
function histogram(name: string, colour: string, errors: Float64Array, [min, max]: readonly [number, number]): Histogram {
  const percentages = new Float64Array(BINS);
  for (const error of errors) {
    const position = Math.log(error / min) / Math.log(max / min);
    percentages[Math.min(BINS - 1, Math.max(0, Math.floor(position * BINS)))]! += 100 / errors.length;
  }
  return { name, colour, median: median(errors), percentages };
}

function outline(panel: Panel, { colour, percentages, median: centre }: Histogram, edges: readonly number[]): string {
  const points = [...percentages].flatMap((share, bin) => [place(panel, edges[bin]!, share), place(panel, edges[bin + 1]!, share)]);
  const [first, last] = [place(panel, edges[0]!, 0), place(panel, edges[BINS]!, 0)];
  const path = [first, ...points, last].map((point) => point.map((pixel) => pixel.toFixed(1)).join(",")).join(" ");
  const [at, top] = place(panel, centre, 0);
  return (
    element("polygon", {
      points: path,
      fill: colour,
      "fill-opacity": 0.28,
      stroke: colour,
      "stroke-width": 1.8,
      "stroke-linejoin": "round",
    }) + element("line", { x1: at, x2: at, y1: panel.top, y2: top, stroke: colour, "stroke-width": 1.6, "stroke-dasharray": "5 4" })
  );
}

function legend({ left, top }: Panel, histograms: readonly Histogram[], unit: string): string {
  return histograms
    .map(({ name, colour, median: centre }, row) => {
      const y = top + 16 + 24 * row;
      const swatch = element("rect", {
        x: left + 16,
        y,
        width: 22,
        height: 13,
        fill: colour,
        "fill-opacity": 0.4,
        stroke: colour,
        "stroke-width": 1.6,
      });
      return swatch + text(left + 46, y + 11.5, `${name}, median ${formatValue(centre, unit)} ${unit}`, { anchor: "start" });
    })
    .join("");
}

/** From the smallest errors, but for a few by chance smaller still, to the largest; a factor of ten at least. */
function errorRange(lists: readonly Float64Array[]): [number, number] {
  const smallest = Math.min(
    ...lists.map((errors) =>
      quantile(
        errors.filter((error) => error > 0),
        0.004,
      ),
    ),
  );
  return [smallest, Math.max(10 * smallest, ...lists.map((errors) => quantile(errors, 1)))];
}

/** |estimate - reference| on a logarithmic axis, after and before the model, each of its own stars. */
export function errorHistogramFigure(label: LabelPredictions, title: string): string {
  const { column, unit, reference } = label;
  const errorsOf = (estimate: Float64Array) => residuals(estimate, reference).map(Math.abs);
  const after = errorsOf(label.predicted);
  const before = errorsOf(label.before);
  const range = errorRange([after, before].filter((errors) => errors.some((error) => error > 0)));
  const both = [histogram("before the model", BEFORE, before, range), histogram("model", AFTER, after, range)];
  const histograms = both.filter((one) => Number.isFinite(one.median));
  const tallest = Math.max(...histograms.flatMap(({ percentages }) => [...percentages]));
  const scales = { x: logScale(...range, { padding: 0.01 }), y: linearScale(0, 1.25 * tallest, { padding: 0, mostTicks: 6 }) };
  const titles = { xTitle: `|predicted \u2212 reference| ${column} [${unit}]`, yTitle: "stars per bin [%]" };
  const panel: Panel = { left: 92, top: 72, width: 600, height: 380, ...scales, ...titles };
  const edges = Array.from({ length: BINS + 1 }, (_, i) => range[0] * (range[1] / range[0]) ** (i / BINS));
  const outlines = histograms.map((one) => outline(panel, one, edges));
  return document(730, 520, `${title}: errors of ${column}`, [
    heading(panel, `${title}: ${column}`, `how large the errors are, before and after  \u00b7  ${after!.length} stars`),
    grid(panel),
    clipped(panel, "bins", outlines),
    axes(panel),
    legend(panel, histograms, unit),
  ]);
}
