import type { LightCurve } from "../../../src/catalogue/light-curve";
import type { LightCurveDescription, SeriesDescription } from "../../../src/features/light-curve/describe-light-curve";
import { axes, clipped, grid, heading, line, type Panel, place } from "../../../src/figures/panel";
import { linearScale, reversed, type Scale } from "../../../src/figures/scale";
import { document, element, text } from "../../../src/figures/svg";
import { seriesAt } from "../../../src/science/light-curve/fourier-series";
import { phaseAt } from "../../../src/science/light-curve/phase";

/** What is drawn: a light curve, and what is known of it. */
export interface LightCurveFigure {
  /** as in Gaia DR2 6720175147260934144 */
  readonly star: string;
  readonly curve: LightCurve;
  readonly description: LightCurveDescription;
}

/** One point of a panel. */
interface Mark {
  readonly x: number;
  readonly mag: number;
  readonly error: number | null;
  readonly rejected: boolean;
}

const POINT = "#31688e";
const REJECTED = "#b4b9c4";
const FIT = "#d1495b";
const [WIDTH, LEFT, INNER] = [860, 96, 720];
/** Steps of the fitted line over a cycle. */
const STEPS = 200;

function drawMark(panel: Panel, { x, mag, error, rejected }: Mark): string {
  const [cx, cy] = place(panel, x, mag);
  const colour = rejected ? REJECTED : POINT;
  const half = error === null ? 0 : Math.abs(place(panel, x, mag + error)[1] - cy);
  const bar = half > 3 ? element("line", { x1: cx, x2: cx, y1: cy - half, y2: cy + half, stroke: colour, "stroke-opacity": 0.6 }) : "";
  const fill = rejected ? "none" : colour;
  return bar + element("circle", { cx, cy, r: 3.2, fill, stroke: colour, "fill-opacity": 0.8 });
}

/** Brighter is higher, as astronomers draw magnitudes; rejected points do not stretch the axis. */
function magnitudeScale(marks: readonly Mark[]): Scale {
  const kept = marks.some(({ rejected }) => !rejected) ? marks.filter(({ rejected }) => !rejected) : marks;
  const mags = kept.map(({ mag }) => mag);
  return reversed(
    linearScale(
      mags.reduce((a, b) => Math.min(a, b)),
      mags.reduce((a, b) => Math.max(a, b)),
      { padding: 0.12 },
    ),
  );
}

function marksOf({ mag, magError, rejected }: LightCurve, abscissa: readonly number[]): Mark[] {
  return abscissa.map((x, index) => ({ x, mag: mag[index]!, error: magError[index] ?? null, rejected: rejected[index]! }));
}

function drawPanel(panel: Panel, id: string, marks: readonly Mark[], under = ""): string {
  return [grid(panel), clipped(panel, id, [under, ...marks.map((mark) => drawMark(panel, mark))]), axes(panel)].join("");
}

const bandTitle = ({ band }: LightCurve) => `${band} [mag]`;

function timePanel(curve: LightCurve, top: number): string {
  const marks = marksOf(curve, curve.time);
  const [first, last] = [curve.time[0]!, curve.time[curve.time.length - 1]!];
  const x = linearScale(first, last);
  const titles = { xTitle: "time [d] since BJD (TCB) 2455197.5", yTitle: bandTitle(curve) };
  return drawPanel({ left: LEFT, top, width: INNER, height: 220, x, y: magnitudeScale(marks), ...titles }, "time", marks);
}

/** Two cycles, so that what happens about phase 0 is seen whole; the fit over both. */
function foldedPanel(curve: LightCurve, periodDays: number, series: SeriesDescription | null, top: number): string {
  const phases = curve.folded ? curve.time : curve.time.map((time) => phaseAt(time, periodDays));
  const marks = [
    ...marksOf(curve, phases),
    ...marksOf(
      curve,
      phases.map((phase) => phase + 1),
    ),
  ];
  const titles = { xTitle: "phase [cycles]", yTitle: bandTitle(curve) };
  const panel: Panel = {
    left: LEFT,
    top,
    width: INNER,
    height: 320,
    x: linearScale(0, 2, { padding: 0 }),
    y: magnitudeScale(marks),
    ...titles,
  };
  const points = Array.from({ length: 2 * STEPS + 1 }, (_, step) => step / STEPS);
  const fit = series
    ? line(
        panel,
        points.map((phase) => [phase, seriesAt(series.fit.series, phase)] as const),
        { colour: FIT },
      )
    : "";
  return drawPanel(panel, "folded", marks, fit);
}

const shown = ({ value, error }: { value: number; error: number }, digits = 3) =>
  `${value.toFixed(digits)} \u00b1 ${error.toFixed(digits)}`;

function subtitle({ curve, description: { period, series, flags } }: LightCurveFigure): string {
  const rejected = curve.rejected.filter(Boolean).length;
  return [
    `${curve.time.length} points${rejected ? `, ${rejected} rejected` : ""}`,
    ...(period ? [`P = ${Number(period.days.toPrecision(8))} d`] : []),
    ...(series
      ? [`amplitude ${shown(series.totalAmplitude)} mag`, `\u03c631 = ${shown(series.phi31)} rad`, `order ${series.amplitudes.length}`]
      : []),
    ...flags,
  ].join("  \u00b7  ");
}

function legend(top: number, hasFit: boolean, hasRejected: boolean): string {
  const entries = [...(hasFit ? [["Fourier series", FIT] as const] : []), ...(hasRejected ? [["rejected", REJECTED] as const] : [])];
  return entries
    .map(([name, colour], index) => text(LEFT + INNER, top + 17 * index, name, { anchor: "end", size: 13, fill: colour }))
    .join("");
}

/** A light curve against time, where times are known, and against phase with its Fourier series, where a period is. */
export function lightCurveFigure(figure: LightCurveFigure): string {
  const { star, curve, description } = figure;
  const title = `${star}, ${curve.band} of ${curve.catalogue}`;
  const top = 78;
  const timeHeight = curve.folded ? 0 : 310;
  const parts = [
    ...(curve.folded ? [] : [timePanel(curve, top)]),
    ...(description.period ? [foldedPanel(curve, description.period.days, description.series, top + timeHeight)] : []),
  ];
  const height = top + timeHeight + (description.period ? 380 : -20);
  const frame: Panel = { left: LEFT, top, width: INNER, height: 0, x: linearScale(0, 1), y: linearScale(0, 1), xTitle: "", yTitle: "" };
  return document(WIDTH, height, title, [
    heading(frame, title, subtitle(figure)),
    ...parts,
    legend(top - 34, description.series !== null, curve.rejected.includes(true)),
  ]);
}
