import { axes, clipped, grid, type Panel, place } from "../../../src/figures/panel";
import { linearScale } from "../../../src/figures/scale";
import { document, element, text } from "../../../src/figures/svg";

/** A star's light curve as a model was given it, and what came out. */
export interface ModelledCurve {
  readonly id: string;
  /** [d] */
  readonly periodDays: number;
  /** [points] [cycles] from where the model's cycle begins */
  readonly phase: readonly number[];
  /** [points] [mag] about the star's mean */
  readonly mag: readonly number[];
  /** [dex] label, prediction and its stated error */
  readonly reference: number;
  readonly predicted: number;
  readonly error: number;
}

const COLUMNS = 3;
const WIDTH = 400;
const HEIGHT = 330;

function panelOf({ mag }: ModelledCurve, index: number): Panel {
  const brightest = mag.reduce((a, b) => Math.min(a, b));
  const faintest = mag.reduce((a, b) => Math.max(a, b));
  const y = linearScale(brightest, faintest, { padding: 0.1, mostTicks: 5 });
  return {
    left: 82 + WIDTH * (index % COLUMNS),
    top: 110 + HEIGHT * Math.floor(index / COLUMNS),
    width: WIDTH - 105,
    height: HEIGHT - 125,
    x: linearScale(0, 2, { padding: 0, mostTicks: 4 }),
    // Brighter is up: magnitudes grow downwards.
    y: { ...y, position: (value) => 1 - y.position(value) },
    xTitle: "phase [cycles]",
    yTitle: "G less its mean [mag]",
  };
}

/** The points the model was given, filled, and once more a cycle later, pale. */
function points(panel: Panel, { phase, mag }: ModelledCurve): string[] {
  return phase.flatMap((at, point) =>
    [0, 1].map((cycle) => {
      const [cx, cy] = place(panel, at + cycle, mag[point]!);
      return element("circle", { cx, cy, r: 2.6, fill: "#2a6fbb", "fill-opacity": cycle === 0 ? 0.9 : 0.25 });
    }),
  );
}

function drawCurve(curve: ModelledCurve, index: number): string {
  const panel = panelOf(curve, index);
  const show = (value: number) => value.toFixed(2).replace("-", "\u2212");
  const said = `P = ${curve.periodDays.toFixed(4)} d, [Fe/H] ${show(curve.reference)}, predicted ${show(curve.predicted)} \u00b1 ${show(curve.error)}`;
  return [
    text(panel.left, panel.top - 24, curve.id, { anchor: "start", size: 12.5, weight: 600 }),
    text(panel.left, panel.top - 8, said, { anchor: "start", size: 12 }),
    grid(panel),
    clipped(panel, `curve-${index}`, points(panel, curve)),
    axes(panel),
  ].join("");
}

/** Light curves as the model is given them, beside what it says of them. */
export function lightCurvesFigure(curves: readonly ModelledCurve[], title: string): string {
  const rows = Math.ceil(curves.length / COLUMNS);
  const heading = text(82, 40, `${title}: light curves as the model is given them`, { anchor: "start", size: 18, weight: 600 });
  const which = text(82, 62, "from the best predicted star to the worst; each by networks that never saw it", { anchor: "start" });
  return document(COLUMNS * WIDTH + 30, 110 + rows * HEIGHT, `${title}: light curves`, [heading, which, ...curves.map(drawCurve)]);
}
