import type { FoldableLightCurve } from "../../src/features/light-curve/light-curve";
import { axes, clipped, grid, line, type Panel, place } from "../../src/figures/panel";
import { linearScale } from "../../src/figures/scale";
import { document, element, text } from "../../src/figures/svg";
import { type Decomposition, decompose } from "../../src/science/light-curve/decompose";
import { seriesAt } from "../../src/science/light-curve/fourier-series";
import { phaseAt } from "../../src/science/light-curve/phase";
import type { Measured } from "../../src/science/measured";

/** A star whose light curve could be used, and what was predicted of it. */
export interface PredictedCurve {
  readonly star: { readonly sourceId: bigint; readonly curve: FoldableLightCurve };
  /** [dex] null if nothing was predicted */
  readonly feh: Measured | null;
  /** joined by | */
  readonly flags: string;
}

const COLUMNS = 3;
const [WIDTH, HEIGHT] = [400, 350];
/** Above a panel. */
const CAPTIONS = 60;
/** Of the bootstrap that errors of φ31 are by. */
const RESAMPLES = 100;
/** Dark red: a number under it deserves doubt. */
const FLAGS = "#b91c1c";
/** Of a drawn series. */
const SAMPLES = 400;

/** @param mag what is to be seen: the points and the series */
function panelFor(mag: readonly number[], index: number): Panel {
  const y = linearScale(
    mag.reduce((a, b) => Math.min(a, b)),
    mag.reduce((a, b) => Math.max(a, b)),
    { padding: 0.1, mostTicks: 5 },
  );
  return {
    left: 82 + WIDTH * (index % COLUMNS),
    top: 76 + CAPTIONS + HEIGHT * Math.floor(index / COLUMNS),
    width: WIDTH - 105,
    height: HEIGHT - 90 - CAPTIONS,
    x: linearScale(0, 2, { padding: 0, mostTicks: 4 }),
    // Brighter is up: magnitudes grow downwards.
    y: { ...y, position: (value) => 1 - y.position(value) },
    xTitle: "phase [cycles]",
    yTitle: "G [mag]",
  };
}

/** Each point twice, a cycle apart, from maximum light. */
function points(panel: Panel, { curve }: PredictedCurve["star"], maximumPhase: number): string[] {
  return Array.from(curve.phase, (phase, point) =>
    [0, 1].map((cycle) => {
      const [cx, cy] = place(panel, phaseAt(phase, 1, maximumPhase) + cycle, curve.mag[point]!);
      return element("circle", { cx, cy, r: 2.4, fill: "#2a6fbb", "fill-opacity": 0.85 });
    }),
  ).flat();
}

const show = (value: number, decimals = 2) => value.toFixed(decimals).replace("-", "\u2212");
const measured = ({ value, error }: Measured) => `${show(value)} \u00b1 ${show(error)}`;

function captions({ star, feh, flags }: PredictedCurve, decomposition: Decomposition | null): [string, string, string] {
  const said = feh ? `[Fe/H] = ${measured(feh)} dex` : "no [Fe/H]";
  const shape = decomposition ? `\u03c631 = ${measured(decomposition.phi31)} rad, order ${decomposition.order}` : "no series";
  return [`${star.sourceId}: ${said}`, `P = ${show(star.curve.periodDays, 5)} d, ${shape}`, flags.replaceAll("|", " ")];
}

/** Two cycles of the series, (phase, magnitude). */
function drawnSeries(decomposition: Decomposition | null): (readonly [number, number])[] {
  if (!decomposition) return [];
  return Array.from({ length: SAMPLES + 1 }, (_, i) => [(2 * i) / SAMPLES, seriesAt(decomposition.series, (2 * i) / SAMPLES)] as const);
}

function drawCurve(predicted: PredictedCurve, index: number): string {
  const { curve } = predicted.star;
  const decomposition = decompose(curve, { resamples: RESAMPLES });
  const fitted = drawnSeries(decomposition);
  const panel = panelFor([...curve.mag, ...fitted.map(([, mag]) => mag)], index);
  const [first, second, third] = captions(predicted, decomposition);
  return [
    text(panel.left, panel.top - 38, first, { anchor: "start", size: 12, weight: 600 }),
    text(panel.left, panel.top - 23, second, { anchor: "start", size: 12 }),
    text(panel.left, panel.top - 9, third, { anchor: "start", size: 9, fill: FLAGS }),
    grid(panel),
    clipped(panel, `curve-${index}`, [
      line(panel, fitted, { colour: "#c2410c" }),
      ...points(panel, predicted.star, decomposition?.maximumPhase ?? 0),
    ]),
    axes(panel),
  ].join("");
}

/** Light curves from maximum light on, with the series fitted to them, and what was predicted of the stars. */
export function predictedCurvesFigure(curves: readonly PredictedCurve[], title: string): string {
  const rows = Math.ceil(curves.length / COLUMNS);
  const heading = text(82, 40, `${title}: light curves`, { anchor: "start", size: 18, weight: 600 });
  const what = text(82, 62, "from maximum light on, twice; the line is a Fourier series of the order that foretells points best", {
    anchor: "start",
  });
  return document(COLUMNS * WIDTH + 30, 110 + rows * HEIGHT, `${title}: light curves`, [heading, what, ...curves.map(drawCurve)]);
}
