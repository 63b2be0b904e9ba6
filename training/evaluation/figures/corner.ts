import { axes, clipped, type Panel, place } from "../../../src/figures/panel";
import { linearScale, type Scale } from "../../../src/figures/scale";
import { document, element, INK, text } from "../../../src/figures/svg";
import { quantile } from "../../../src/science/statistics";

/** Draws of one parameter, in the order of the others'. */
export interface CornerParameter {
  readonly name: string;
  readonly draws: Float64Array;
}

const SIZE = 128;
const GAP = 14;
const LEFT = 96;
const TOP = 96;
/** Cells of four pixels: whole ones leave no seams. */
const BINS = 32;

const MARK = "#c44536";

/** Fractions of a two-dimensional Gaussian within one, two and three sigma, and how they are shaded. */
const LEVELS = [
  { within: 0.393, fill: "#31688e" },
  { within: 0.865, fill: "#7fb0cd" },
  { within: 0.989, fill: "#d5e5ef" },
] as const;

/** Wide enough for all but a thousandth of the draws on either side. */
const scaleOf = ({ draws }: CornerParameter): Scale =>
  linearScale(quantile(draws, 0.001), quantile(draws, 0.999), { padding: 0.02, mostTicks: 4 });

const binOf = (scale: Scale, value: number) => Math.floor(scale.position(value) * BINS);

/** @returns [bins, bins] draws in each cell */
function countPairs(x: CornerParameter, y: CornerParameter, scales: readonly [Scale, Scale]): Float64Array {
  const counts = new Float64Array(BINS * BINS);
  x.draws.forEach((value, draw) => {
    const [column, row] = [binOf(scales[0], value), binOf(scales[1], y.draws[draw]!)];
    if (column >= 0 && column < BINS && row >= 0 && row < BINS) counts[row * BINS + column]!++;
  });
  return counts;
}

/** Counts shared with the eight neighbours, 4:2:1: a few thousand draws leave single cells ragged. */
function smoothed(counts: Float64Array): Float64Array {
  return counts.map((_, cell) => {
    const [row, column] = [Math.floor(cell / BINS), cell % BINS];
    let sum = 0;
    for (const dy of [-1, 0, 1])
      for (const dx of [-1, 0, 1]) {
        const [r, c] = [row + dy, column + dx];
        if (r >= 0 && r < BINS && c >= 0 && c < BINS) sum += (counts[r * BINS + c]! * (2 - Math.abs(dx)) * (2 - Math.abs(dy))) / 16;
      }
    return sum;
  });
}

/** The count above which the densest cells hold a fraction of all draws. */
function threshold(counts: Float64Array, fraction: number): number {
  const densest = Float64Array.from(counts).sort().reverse();
  const all = densest.reduce((sum, count) => sum + count, 0);
  let held = 0;
  for (const count of densest) {
    held += count;
    if (held >= fraction * all) return count;
  }
  return 0;
}

/** The cells of each level, neighbours in a row drawn as one rectangle. */
function pairCells({ left, top, width, height }: Panel, counts: Float64Array): string[] {
  const bounds = LEVELS.map(({ within }) => threshold(counts, within));
  const levelOf = (count: number) => (count > 0 ? bounds.findIndex((bound) => count >= bound) : -1);
  const [cellWidth, cellHeight] = [width / BINS, height / BINS];
  const cells: string[] = [];
  for (let row = 0; row < BINS; row++) {
    for (let first = 0; first < BINS; ) {
      const level = levelOf(counts[row * BINS + first]!);
      let last = first + 1;
      while (last < BINS && levelOf(counts[row * BINS + last]!) === level) last++;
      const box = {
        x: left + first * cellWidth,
        y: top + height - (row + 1) * cellHeight,
        width: (last - first) * cellWidth + 0.3,
        height: cellHeight + 0.3,
      };
      if (level >= 0) cells.push(element("rect", { ...box, fill: LEVELS[level]!.fill }));
      first = last;
    }
  }
  return cells;
}

function panelAt(row: number, column: number, x: Scale, y: Scale): Panel {
  return { left: LEFT + column * (SIZE + GAP), top: TOP + row * (SIZE + GAP), width: SIZE, height: SIZE, x, y, xTitle: "", yTitle: "" };
}

/** Ticks and names at the outer edges alone: inner panels share them. */
function outerAxes(panel: Panel, isBottom: boolean, isLeft: boolean, names: readonly [string, string]): string {
  const bare = (scale: Scale, shows: boolean): Scale => (shows ? scale : { ...scale, ticks: [] });
  const drawn = axes({ ...panel, x: bare(panel.x, isBottom), y: bare(panel.y, isLeft) });
  const { left, top, width, height } = panel;
  const xName = isBottom ? text(left + width / 2, top + height + 42, names[0]) : "";
  const yName = isLeft ? text(left - 62, top + height / 2, names[1], { turned: true }) : "";
  return drawn + xName + yName;
}

/** Digits that the posterior's width leaves meaningful. */
function stated({ draws }: CornerParameter): string {
  const [low, middle, high] = [0.1587, 0.5, 0.8413].map((fraction) => quantile(draws, fraction));
  const decimals = Math.min(6, Math.max(0, 2 - Math.ceil(Math.log10((high! - low!) / 2))));
  return `${middle!.toFixed(decimals)} \u00b1 ${((high! - low!) / 2).toFixed(decimals)}`;
}

function histogram(parameter: CornerParameter, panel: Panel, isLast: boolean): string {
  const counts = new Float64Array(BINS);
  for (const value of parameter.draws) {
    const bin = binOf(panel.x, value);
    if (bin >= 0 && bin < BINS) counts[bin]!++;
  }
  const most = counts.reduce((a, b) => Math.max(a, b), 1);
  const width = panel.width / BINS;
  const bars = Array.from(counts, (count, bin) => {
    const height = (0.92 * panel.height * count) / most;
    return element("rect", {
      x: panel.left + bin * width,
      y: panel.top + panel.height - height,
      width: width + 0.3,
      height,
      fill: LEVELS[1].fill,
    });
  });
  const marks = [0.1587, 0.5, 0.8413].map((fraction) => {
    const [at] = place(panel, quantile(parameter.draws, fraction), 0);
    return element("line", {
      x1: at,
      x2: at,
      y1: panel.top,
      y2: panel.top + panel.height,
      stroke: INK,
      "stroke-dasharray": fraction === 0.5 ? "none" : "3 3",
    });
  });
  const title = text(panel.left + panel.width / 2, panel.top - 6, stated(parameter), { size: 12 });
  return [...bars, ...marks, outerAxes({ ...panel, y: { ...panel.y, ticks: [] } }, isLast, false, [parameter.name, ""]), title].join("");
}

/** Another estimate of all the parameters, to be compared: crosses where it lies. */
export interface CornerMark {
  readonly name: string;
  /** in the parameters' order; NaN of one that it does not have */
  readonly values: readonly number[];
}

function crosses(panel: Panel, mark: CornerMark | undefined, column: number, row: number): string {
  if (!mark || Number.isNaN(mark.values[column]! + mark.values[row]!)) return "";
  const [x, y] = place(panel, mark.values[column]!, mark.values[row]!);
  const { left, top, width, height } = panel;
  const style = { stroke: MARK, "stroke-dasharray": "4 3" };
  return (
    element("line", { x1: x, x2: x, y1: top, y2: top + height, ...style }) +
    element("line", { x1: left, x2: left + width, y1: y, y2: y, ...style })
  );
}

/**
 * A posterior: each parameter's histogram with its median and central 68%, and each pair's density within one, two and three sigma.
 *
 * @param mark is drawn as dashed red lines
 */
export function cornerFigure(parameters: readonly CornerParameter[], title: string, mark?: CornerMark): string {
  const scales = parameters.map(scaleOf);
  const last = parameters.length - 1;
  const panels = parameters.flatMap((y, row) =>
    parameters.slice(0, row + 1).map((x, column) => {
      const panel = panelAt(row, column, scales[column]!, scales[row]!);
      if (row === column) return histogram(x, panel, row === last);
      const cells = pairCells(panel, smoothed(countPairs(x, y, [scales[column]!, scales[row]!])));
      const content = clipped(panel, `pair-${row}-${column}`, [...cells, crosses(panel, mark, column, row)]);
      return content + outerAxes(panel, row === last, column === 0, [x.name, y.name]);
    }),
  );
  const extent = LEFT + parameters.length * (SIZE + GAP) + 24;
  const heading = text(LEFT, 34, title, { anchor: "start", size: 18, weight: 600 });
  const note = mark ? text(LEFT, 58, `dashed red: ${mark.name}`, { anchor: "start", fill: "#4b5263" }) : "";
  return document(extent, TOP + parameters.length * (SIZE + GAP) + 60, title, [heading, note, ...panels]);
}
