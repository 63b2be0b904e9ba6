import { viridis } from "../../../src/figures/colour-map";
import { type Panel, place } from "../../../src/figures/panel";
import { logScale } from "../../../src/figures/scale";
import { element, INK, text } from "../../../src/figures/svg";

/** A hexagonal cell that holds at least one star. */
interface Cell {
  readonly x: number;
  readonly y: number;
  readonly stars: number;
}

/** Cells across the panel: finer where there are more stars to fill them. */
function cellWidth(panel: Panel, stars: number): number {
  const across = Math.min(110, Math.max(36, Math.round(6 * stars ** 0.3)));
  return panel.width / across;
}

/** Counts points in hexagons: the nearer of the centres of two interleaved grids (Carr et al. 1987). */
function hexagons(panel: Panel, points: readonly (readonly [number, number])[], width: number): Cell[] {
  const rowStep = width * Math.sqrt(3);
  const cells = new Map<string, { x: number; y: number; stars: number }>();
  for (const point of points) {
    const [x, y] = place(panel, ...point);
    const even = [Math.round(x / width) * width, Math.round(y / rowStep) * rowStep];
    const odd = [(Math.floor(x / width) + 0.5) * width, (Math.floor(y / rowStep) + 0.5) * rowStep];
    const [cx, cy] = Math.hypot(x - even[0]!, y - even[1]!) <= Math.hypot(x - odd[0]!, y - odd[1]!) ? even : odd;
    const key = `${Math.round(2 * (cx! / width))} ${Math.round(2 * (cy! / rowStep))}`;
    const cell = cells.get(key);
    if (cell) cell.stars++;
    else cells.set(key, { x: cx!, y: cy!, stars: 1 });
  }
  return [...cells.values()];
}

/** A hexagon that points up, a hair larger than its cell so that no seams show between neighbours. */
function hexagon({ x, y }: Cell, width: number, fill: string): string {
  const radius = (width / Math.sqrt(3)) * 1.03;
  const corners = [0, 1, 2, 3, 4, 5].map((k) => {
    const angle = (Math.PI / 3) * k + Math.PI / 6;
    return `${(x + radius * Math.cos(angle)).toFixed(1)},${(y + radius * Math.sin(angle)).toFixed(1)}`;
  });
  return element("polygon", { points: corners.join(" "), fill });
}

function colourBar(panel: Panel, most: number): string {
  const left = panel.left + panel.width + 18;
  const steps = 64;
  const strip = Array.from({ length: steps }, (_, i) => {
    const height = panel.height / steps;
    const y = panel.top + panel.height - (i + 1) * height;
    return element("rect", { x: left, y, width: 16, height: height + 0.6, fill: viridis(i / (steps - 1)) });
  });
  const frame = element("rect", { x: left, y: panel.top, width: 16, height: panel.height, fill: "none", stroke: INK });
  const scale = logScale(1, Math.max(2, most), { padding: 0 });
  const ticks = scale.ticks.map(({ value, label }) => {
    const at = panel.top + (1 - scale.position(value)) * panel.height;
    const tick = element("line", { x1: left + 16, x2: left + (label ? 22 : 19), y1: at, y2: at, stroke: INK });
    return label ? tick + text(left + 26, at + 4.5, label, { anchor: "start" }) : tick;
  });
  const title = text(left + 66, panel.top + panel.height / 2, "stars per cell", { size: 14, turned: true });
  return [...strip, frame, ...ticks, title].join("");
}

/**
 * Points as a density: hexagonal cells on a logarithmic colour scale, and the bar that explains it. Single stars
 * stay visible, a million of them stay a small file.
 *
 * @param points in data units; those outside the axes are left to the panel's clip
 */
export function density(panel: Panel, points: readonly (readonly [number, number])[]): { cells: string; bar: string } {
  const width = cellWidth(panel, points.length);
  const cells = hexagons(panel, points, width);
  const most = cells.reduce((largest, { stars }) => Math.max(largest, stars), 1);
  const colour = (stars: number) => viridis(Math.log(stars) / Math.log(Math.max(2, most)));
  return { cells: cells.map((cell) => hexagon(cell, width, colour(cell.stars))).join(""), bar: colourBar(panel, most) };
}
