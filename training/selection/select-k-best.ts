import { fStatistic } from "./f-test";
import { mutualInformation } from "./mutual-information";

/** Features of some stars and the label they are to tell. */
export interface FeatureTable {
  readonly names: readonly string[];
  /** one array [stars] a feature */
  readonly columns: readonly Float64Array[];
  /** [stars] */
  readonly label: Float64Array;
}

/** What a feature alone tells of the label. */
export interface FeatureScore {
  readonly name: string;
  /** of a straight line */
  readonly f: number;
  /** [nat] */
  readonly mutualInformation: number;
}

/** Scores each feature by itself, in the table's order. */
export function scoreFeatures({ names, columns, label }: FeatureTable): FeatureScore[] {
  return names.map((name, at) => ({ name, f: fStatistic(columns[at]!, label), mutualInformation: mutualInformation(columns[at]!, label) }));
}

/** @returns the names of the k features of highest score, the highest first */
export function selectKBest(scores: readonly FeatureScore[], k: number, by: "f" | "mutualInformation"): string[] {
  return [...scores]
    .sort((a, b) => b[by] - a[by])
    .slice(0, k)
    .map(({ name }) => name);
}
