import { align } from "../evaluation/align";
import type { FeatureSample } from "./feature-sample";
import type { FeatureSelection } from "./select-features";

/** What each method makes of the features, as tables for people. */
export function selectionTables(
  { losses }: Pick<FeatureSample, "losses">,
  { scores, forward, backward, chosen }: FeatureSelection,
): string[] {
  const step = (at: number) => [forward[at], backward[at - 1]].flatMap((one) => (one ? [one.feature, one.rmse.toFixed(4)] : ["", ""]));
  return [
    ...align([["cut", "lost", "left"], ...losses.map(({ cut, lost, left }) => [cut, String(lost), String(left)])]),
    "",
    ...align([
      ["feature", "F", "mutual information"],
      ...[...scores].sort((a, b) => b.f - a.f).map(({ name, f, mutualInformation }) => [name, f.toFixed(1), mutualInformation.toFixed(3)]),
    ]),
    "",
    ...align([["step", "forward adds", "RMSE", "backward drops", "RMSE"], ...forward.map((_, at) => [String(at + 1), ...step(at)])]),
    "",
    ...align([["method", "chosen", "RMSE"], ...chosen.map(({ method, features, rmse }) => [method, features.join(", "), rmse.toFixed(4)])]),
    ...chosen.flatMap(({ method, absences }) => absences.map((absence) => `${method}: ${absence}`)),
  ];
}
