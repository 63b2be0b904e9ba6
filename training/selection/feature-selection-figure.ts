import { axes, grid, heading, line, type Panel, place } from "../../src/figures/panel";
import { linearScale } from "../../src/figures/scale";
import { document, element, INK, text } from "../../src/figures/svg";
import type { FeatureScore } from "./select-k-best";
import type { SelectionStep } from "./sequential-selection";

const BAR = 22;
const LEFT = 110;
const TOP = 96;
const WIDTH = 260;
const GAP = 70;
const COLOURS = { f: "#31688e", mutualInformation: "#35a27c", forward: "#31688e", backward: "#c44536" } as const;

/** Three digits, no powers of ten. */
const shown = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

/** Bars of one score, the longest filling the width; features in the order of the F-test. */
function bars(scores: readonly FeatureScore[], by: "f" | "mutualInformation", left: number, title: string): string {
  const most = scores.reduce((greatest, score) => Math.max(greatest, score[by]), 0) || 1;
  const rows = scores.map((score, row) => {
    const y = TOP + row * BAR;
    const length = (score[by] / most) * (WIDTH - 60);
    const bar = element("rect", { x: left, y: y + 3, width: length, height: BAR - 6, fill: COLOURS[by] });
    const value = text(left + length + 6, y + BAR - 7, shown(score[by]), { anchor: "start", size: 12 });
    return bar + value;
  });
  const foot = TOP + scores.length * BAR;
  const axis = element("line", { x1: left, x2: left, y1: TOP - 4, y2: foot + 4, stroke: INK });
  return [...rows, axis, text(left, TOP - 14, title, { anchor: "start", size: 15, weight: 600 })].join("");
}

/** One selection's error against the number of features, each step named. */
function course(panel: Panel, steps: readonly SelectionStep[], direction: "forward" | "backward"): string {
  const colour = COLOURS[direction];
  const points = steps.map(({ size, rmse }) => [size, rmse] as const);
  const marks = steps.map(({ size, rmse, feature }) => {
    const [x, y] = place(panel, size, rmse);
    const dot = element("circle", { cx: x, cy: y, r: 4, fill: colour });
    // Forward names what came in above its line; backward what went out below.
    const label = direction === "forward" ? `+${feature}` : `\u2212${feature}`;
    return dot + text(x, direction === "forward" ? y - 11 : y + 21, label, { size: 11, fill: colour });
  });
  return line(panel, points, { colour }) + marks.join("");
}

function coursePanel(forward: readonly SelectionStep[], backward: readonly SelectionStep[], left: number, height: number): Panel {
  const errors = [...forward, ...backward].map(({ rmse }) => rmse);
  return {
    ...{ left, top: TOP, width: 740, height },
    x: linearScale(1, forward.length, { padding: 0.08, mostTicks: forward.length }),
    y: linearScale(Math.min(...errors), Math.max(...errors), { padding: 0.12 }),
    xTitle: "features in use",
    yTitle: "cross-validated RMSE [dex]",
  };
}

/** What a feature selection found: single features by two scores, and the error as features come in and go out. */
export function featureSelectionFigure(
  { scores, forward, backward }: { scores: readonly FeatureScore[]; forward: readonly SelectionStep[]; backward: readonly SelectionStep[] },
  title: string,
  subtitle: string,
): string {
  const ordered = [...scores].sort((a, b) => b.f - a.f);
  const height = Math.max(300, ordered.length * BAR);
  const names = ordered.map(({ name }, row) => text(LEFT - 10, TOP + row * BAR + BAR - 7, name, { anchor: "end" }));
  const panel = coursePanel(forward, backward, LEFT + 2 * (WIDTH + 20) + GAP, height);
  const key = [
    text(panel.left + panel.width - 12, TOP + 24, "forward: features come in", { anchor: "end", fill: COLOURS.forward }),
    text(panel.left + panel.width - 12, TOP + 44, "backward: features go out", { anchor: "end", fill: COLOURS.backward }),
  ];
  return document(panel.left + panel.width + 40, TOP + height + 70, title, [
    heading({ ...panel, left: 24, top: 62 }, title, subtitle),
    ...names,
    bars(ordered, "f", LEFT, "F-test"),
    bars(ordered, "mutualInformation", LEFT + WIDTH + 20, "mutual information [nat]"),
    grid(panel),
    course(panel, forward, "forward"),
    course(panel, backward, "backward"),
    axes(panel),
    ...key,
  ]);
}
