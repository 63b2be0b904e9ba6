import { align } from "../../evaluation/align";
import { formatValue } from "../../evaluation/table";
import type { GapScore } from "./evaluate-study";

/** One row a group: the RMSE of each label without it, the share of stars within one stated error, and how many still got an answer. */
export function gapTable(scores: readonly GapScore[], labels: readonly { readonly name: string; readonly unit: string }[]): string {
  const groups = [...new Set(scores.map(({ group }) => group))];
  const cells = (group: string) =>
    labels.flatMap(({ name, unit }) => {
      const score = scores.find((one) => one.group === group && one.label === name);
      return score ? [formatValue(score.rmse, unit), `${(100 * score.coverage).toFixed(0)}%`, String(score.stars)] : ["-", "-", "0"];
    });
  return align([
    ["without", ...labels.flatMap(({ name, unit }) => [`${name} [${unit}]`, "1 sigma", "stars"])],
    ...groups.map((group) => [group, ...cells(group)]),
  ]).join("\n");
}
