import { axes, clipped, grid, heading, line, type Panel } from "../../../src/figures/panel";
import { linearScale } from "../../../src/figures/scale";
import { document } from "../../../src/figures/svg";
import { quantile } from "../../../src/science/statistics";
import { errorStatistics, type LabelPredictions, residuals } from "../error-statistics";
import { formatValue } from "../table";
import { density } from "./density";

/** Stars with a reference and a prediction. */
function pairs({ reference, predicted }: LabelPredictions): [number, number][] {
  return Array.from(reference, (value, star): [number, number] => [value, predicted[star]!]).filter(([x, y]) => Number.isFinite(x + y));
}

/** One range for both axes: all but the outermost thousandth on either side, so that one wild star cannot squeeze the rest. */
function commonRange(points: readonly (readonly [number, number])[]): [number, number] {
  const values = Float64Array.from(points.flat());
  return [quantile(values, 0.0005), quantile(values, 0.9995)];
}

function subtitle({ predicted, reference, unit }: LabelPredictions, starsBeyondAxes: number): string {
  const { rmse, meanAbsoluteDeviation, medianAbsoluteDeviation, stars } = errorStatistics(residuals(predicted, reference));
  const show = (value: number) => `${formatValue(value, unit)} ${unit}`;
  return [
    `RMSE ${show(rmse)}`,
    `MAD ${show(meanAbsoluteDeviation)} (mean), ${show(medianAbsoluteDeviation)} (median)`,
    `${stars} stars${starsBeyondAxes ? `, ${starsBeyondAxes} beyond the axes` : ""}`,
  ].join("  \u00b7  ");
}

/** Predicted against reference with a density scale and the line of equality. */
export function scatterFigure(label: LabelPredictions, title: string): string {
  const { column, unit } = label;
  const points = pairs(label);
  const [min, max] = commonRange(points);
  const scale = linearScale(min, max, { padding: 0.05 });
  const titles = { xTitle: `reference ${column} [${unit}]`, yTitle: `predicted ${column} [${unit}]` };
  const panel: Panel = { left: 92, top: 72, width: 520, height: 520, x: scale, y: scale, ...titles };
  const isBeyond = (value: number) => scale.position(value) < 0 || scale.position(value) > 1;
  const { cells, bar } = density(panel, points);
  const [start, end] = [2 * min - max, 2 * max - min];
  const equality = line(panel, [
    [start, start],
    [end, end],
  ]);
  return document(730, 660, `${title}: predicted against reference ${column}`, [
    heading(panel, `${title}: ${column}`, subtitle(label, points.filter((point) => point.some(isBeyond)).length)),
    grid(panel),
    clipped(panel, "stars", [cells, equality]),
    axes(panel),
    bar,
  ]);
}
