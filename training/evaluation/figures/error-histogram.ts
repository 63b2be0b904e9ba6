import { median, quantile } from "../../../src/science/statistics";
import { type LabelPredictions, residuals } from "../error-statistics";
import { formatValue } from "../table";
import { axes, clipped, grid, heading, type Panel, place } from "./panel";
import { linearScale, logScale } from "./scale";
import { document, element, text } from "./svg";

const AFTER = "#2a788e";
const BEFORE = "#e07b39";
const BINS = 44;

interface Histogram {
  readonly name: string;
  readonly colour: string;
  readonly median: number;
  /** fraction of the stars in each bin */
  readonly fractions: Float64Array;
}

/** An error of exactly 0 has no logarithm: it counts in the first bin. */
function histogram(name: string, colour: string, errors: Float64Array, [min, max]: readonly [number, number]): Histogram {
  const fractions = new Float64Array(BINS);
  for (const error of errors) {
    const place = Math.log(error / min) / Math.log(max / min);
    fractions[Math.min(BINS - 1, Math.max(0, Math.floor(place * BINS)))] += 1 / errors.length;
  }
  return { name, colour, median: median(errors), fractions };
}

function outline(panel: Panel, { colour, fractions, median: centre }: Histogram, edges: readonly number[]): string {
  const points = [...fractions].flatMap((fraction, bin) => [place(panel, edges[bin], fraction), place(panel, edges[bin + 1], fraction)]);
  const [first, last] = [place(panel, edges[0], 0), place(panel, edges[BINS], 0)];
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

/** |estimate - reference| on a logarithmic axis, after and before the model, each of its own stars. */
export function errorHistogramFigure(label: LabelPredictions, title: string): string {
  const { column, unit, reference } = label;
  const after = residuals(label.predicted, reference).map(Math.abs);
  const before = residuals(label.before, reference).map(Math.abs);
  const all = Float64Array.of(...after, ...before).filter((error) => error > 0);
  const range = [quantile(all, 0.002), Math.max(quantile(all, 1), quantile(all, 0.002) * 10)] as const;
  const histograms = [histogram("before the model", BEFORE, before, range), histogram("model", AFTER, after, range)].filter((h) =>
    Number.isFinite(h.median),
  );
  const tallest = Math.max(...histograms.flatMap(({ fractions }) => [...fractions]));
  const panel: Panel = {
    left: 92,
    top: 72,
    width: 600,
    height: 380,
    x: logScale(...range, { padding: 0.01 }),
    y: linearScale(0, 100 * tallest * 1.25, { padding: 0, mostTicks: 6 }),
    xTitle: `|predicted \u2212 reference| ${column} [${unit}]`,
    yTitle: "stars per bin [%]",
  };
  const edges = Array.from({ length: BINS + 1 }, (_, i) => range[0] * (range[1] / range[0]) ** (i / BINS));
  const percent = histograms.map((h) => ({ ...h, fractions: h.fractions.map((fraction) => 100 * fraction) }));
  return document(730, 520, `${title}: errors of ${column}`, [
    heading(panel, `${title}: ${column}`, `how large the errors are, before and after  \u00b7  ${after.length} stars`),
    grid(panel),
    clipped(
      panel,
      "bins",
      percent.map((h) => outline(panel, h, edges)),
    ),
    axes(panel),
    legend(panel, histograms, unit),
  ]);
}
