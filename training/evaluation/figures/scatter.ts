import { quantile } from "../../../src/science/statistics";
import { errorStatistics, type LabelPredictions, residuals } from "../error-statistics";
import { formatValue } from "../table";
import { density } from "./density";
import { axes, clipped, grid, heading, line, type Panel } from "./panel";
import { linearScale } from "./scale";
import { document } from "./svg";

/** Stars with a reference and a prediction. */
function pairs({ reference, predicted }: LabelPredictions): [number, number][] {
  return Array.from(reference, (value, star): [number, number] => [value, predicted[star]]).filter(([x, y]) => Number.isFinite(x + y));
}

/** One range for both axes: all but the outermost thousandth on either side, so that one wild star cannot squeeze the rest. */
function commonRange(points: readonly (readonly [number, number])[]): [number, number] {
  const values = Float64Array.from(points.flat());
  return [quantile(values, 0.0005), quantile(values, 0.9995)];
}

/** Predicted against reference with a density scale and the line of equality. */
export function scatterFigure(label: LabelPredictions, title: string): string {
  const { column, unit } = label;
  const points = pairs(label);
  const [min, max] = commonRange(points);
  const scale = linearScale(min, max);
  const panel: Panel = {
    left: 92,
    top: 72,
    width: 520,
    height: 520,
    x: scale,
    y: scale,
    xTitle: `reference ${column} [${unit}]`,
    yTitle: `predicted ${column} [${unit}]`,
  };
  const { cells, bar } = density(panel, points);
  const { rmse, meanAbsoluteDeviation, medianAbsoluteDeviation, stars } = errorStatistics(residuals(label.predicted, label.reference));
  const show = (value: number) => `${formatValue(value, unit)} ${unit}`;
  const beyond = points.filter((point) => point.some((value) => scale.position(value) < 0 || scale.position(value) > 1)).length;
  const subtitle = [
    `RMSE ${show(rmse)}`,
    `MAD ${show(meanAbsoluteDeviation)} (mean), ${show(medianAbsoluteDeviation)} (median)`,
    `${stars} stars${beyond ? `, ${beyond} beyond the axes` : ""}`,
  ].join("  \u00b7  ");
  const equality = line(panel, [
    [min - (max - min), min - (max - min)],
    [max + (max - min), max + (max - min)],
  ]);
  return document(730, 660, `${title}: predicted against reference ${column}`, [
    heading(panel, `${title}: ${column}`, subtitle),
    grid(panel),
    clipped(panel, "stars", [cells, equality]),
    axes(panel),
    bar,
  ]);
}
