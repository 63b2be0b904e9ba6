import { axes, grid, heading, line, type Panel } from "../../src/figures/panel";
import { linearScale } from "../../src/figures/scale";
import { document, element, text } from "../../src/figures/svg";
import { type Figure, pointsOf } from "./figures";
import type { TimedSnapshot } from "./metrics-watch";

/** Distinguishable with red-green colour blindness (Okabe & Ito 2008). */
const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7"];
const WIDTH = 620;
const HEIGHT = 320;

/** [px] Room for a name in the legend, which stands above the panel, where no line is. */
const NAME_WIDTH = 130;

function legend({ left, top }: Panel, names: readonly string[]): string {
  return names
    .map((name, index) => {
      const x = left + NAME_WIDTH * index;
      const key = element("rect", { x, y: top - 19, width: 10, height: 10, fill: COLOURS[index % COLOURS.length]! });
      return key + text(x + 15, top - 10, name, { anchor: "start", size: 12.5 });
    })
    .join("");
}

/** @returns the figure as SVG; null if the server reported no data for it */
export function chart({ title, unit, series }: Figure, snapshots: readonly TimedSnapshot[]): string | null {
  const lines = series.map((one) => ({ name: one.name, points: pointsOf(one, snapshots) })).filter(({ points }) => points.length > 1);
  if (lines.length === 0) return null;
  const all = lines.flatMap(({ points }) => points);
  const highest = Math.max(...all.map(([, value]) => value));
  const panel: Panel = {
    ...{ left: 86, top: 54, width: WIDTH - 110, height: HEIGHT - 112 },
    x: linearScale(0, Math.max(...all.map(([at]) => at)), { padding: 0 }),
    y: linearScale(0, highest > 0 ? highest : 1, { padding: 0.08 }),
    ...{ xTitle: "time [s]", yTitle: unit },
  };
  const drawn = lines.map(({ points }, index) => line(panel, points, { colour: COLOURS[index % COLOURS.length]! }));
  const key =
    lines.length > 1
      ? legend(
          panel,
          lines.map(({ name }) => name),
        )
      : "";
  return document(WIDTH, HEIGHT, title, [grid(panel), ...drawn, axes(panel), heading(panel, title, ""), key]);
}
