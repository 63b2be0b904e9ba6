import type { Scale } from "./scale";
import { element, FAINT, INK, text } from "./svg";

/** The rectangle that data is drawn in, in pixels, and its two axes. */
export interface Panel {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: Scale;
  readonly y: Scale;
  /** quantity and unit */
  readonly xTitle: string;
  readonly yTitle: string;
}

/** @returns pixels */
export function place({ left, top, width, height, x, y }: Panel, xValue: number, yValue: number): [number, number] {
  return [left + x.position(xValue) * width, top + (1 - y.position(yValue)) * height];
}

/** The panel's outline as a clip path: what lies outside the axes is not drawn over them. */
export function clipped({ left, top, width, height }: Panel, id: string, content: readonly string[]): string {
  const clip = element("clipPath", { id }, element("rect", { x: left, y: top, width, height }));
  return clip + element("g", { "clip-path": `url(#${id})` }, content.join(""));
}

/** A line through data points, drawn with a white edge so that it stays legible over colours. */
export function line(panel: Panel, points: readonly (readonly [number, number])[], style: { dash?: string; colour?: string } = {}): string {
  const places = points.map(([x, y]) => place(panel, x, y).map((pixel) => Math.round(pixel * 100) / 100));
  const shape = { points: places.map((pair) => pair.join(",")).join(" "), fill: "none" };
  const edge = element("polyline", { ...shape, stroke: "#ffffff", "stroke-width": 3.5, "stroke-opacity": 0.8 });
  const dash: Record<string, string> = style.dash ? { "stroke-dasharray": style.dash } : {};
  return edge + element("polyline", { ...shape, stroke: style.colour ?? INK, "stroke-width": 1.5, ...dash });
}

const MAJOR_TICK = 6;
const MINOR_TICK = 3;

function xAxis({ left, top, width, height, x, xTitle }: Panel): string[] {
  const bottom = top + height;
  const marks = x.ticks.map(({ value, label }) => {
    const at = left + x.position(value) * width;
    const tick = element("line", { x1: at, x2: at, y1: bottom, y2: bottom + (label ? MAJOR_TICK : MINOR_TICK), stroke: INK });
    return label ? tick + text(at, bottom + 21, label) : tick;
  });
  return [...marks, text(left + width / 2, bottom + 46, xTitle, { size: 15 })];
}

function yAxis({ left, top, height, y, yTitle }: Panel): string[] {
  const marks = y.ticks.map(({ value, label }) => {
    const at = top + (1 - y.position(value)) * height;
    const tick = element("line", { x1: left - (label ? MAJOR_TICK : MINOR_TICK), x2: left, y1: at, y2: at, stroke: INK });
    return label ? tick + text(left - 10, at + 4.5, label, { anchor: "end" }) : tick;
  });
  return [...marks, text(left - 62, top + height / 2, yTitle, { size: 15, turned: true })];
}

/** Faint lines at the labelled ticks, to be drawn under the data. */
export function grid({ left, top, width, height, x, y }: Panel): string {
  const vertical = x.ticks.filter(({ label }) => label).map(({ value }) => left + x.position(value) * width);
  const horizontal = y.ticks.filter(({ label }) => label).map(({ value }) => top + (1 - y.position(value)) * height);
  return [
    ...vertical.map((at) => element("line", { x1: at, x2: at, y1: top, y2: top + height, stroke: FAINT })),
    ...horizontal.map((at) => element("line", { x1: left, x2: left + width, y1: at, y2: at, stroke: FAINT })),
  ].join("");
}

/** Frame, ticks, numbers and titles, to be drawn over the data. */
export function axes(panel: Panel): string {
  const { left, top, width, height } = panel;
  const frame = element("rect", { x: left, y: top, width, height, fill: "none", stroke: INK, "stroke-width": 1.2 });
  return [frame, ...xAxis(panel), ...yAxis(panel)].join("");
}

/** What is shown (bold), and its figures below. */
export function heading({ left, top }: Panel, title: string, subtitle: string): string {
  return (
    text(left, top - 34, title, { anchor: "start", size: 18, weight: 600 }) +
    text(left, top - 13, subtitle, { anchor: "start", size: 13.5, fill: "#4b5263" })
  );
}
