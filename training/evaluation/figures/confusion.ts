import { viridis } from "../../../src/figures/colour-map";
import { document, element, text } from "../../../src/figures/svg";
import type { ClassEvaluation } from "../class-statistics";

const CELL = 64;
const LEFT = 150;
const TOP = 110;

/** Stars by true class (rows, as shares of the class) and most probable class. */
export function confusionFigure({ name, classes, after }: ClassEvaluation, title: string): string {
  const cells = after.confusion.flatMap((row, truth) => {
    const all = row.reduce((sum, count) => sum + count, 0);
    return row.flatMap((count, chosen) => {
      const share = all === 0 ? 0 : count / all;
      const [x, y] = [LEFT + chosen * CELL, TOP + truth * CELL];
      return [
        element("rect", { x, y, width: CELL - 2, height: CELL - 2, fill: viridis(share) }),
        text(x + CELL / 2, y + CELL / 2 + 4, `${(100 * share).toFixed(0)}%`, { size: 12, fill: share > 0.6 ? "#111827" : "#ffffff" }),
      ];
    });
  });
  const names = classes.flatMap((word, index) => [
    text(LEFT - 10, TOP + (index + 0.5) * CELL + 4, word, { anchor: "end", size: 12 }),
    text(LEFT + (index + 0.5) * CELL, TOP - 10, word, { size: 12 }),
  ]);
  const heading = text(20, 34, `${title}: ${name}`, { anchor: "start", size: 18, weight: 600 });
  const what = text(20, 56, `share of each true class (rows) that is taken for each class (columns); ${after.stars} test stars`, {
    anchor: "start",
    size: 12,
  });
  const width = Math.max(620, LEFT + classes.length * CELL + 30);
  return document(width, TOP + classes.length * CELL + 30, `${title}: ${name}`, [heading, what, ...cells, ...names]);
}
