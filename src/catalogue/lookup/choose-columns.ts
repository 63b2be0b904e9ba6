import { AppError } from "../../errors";
import type { ColumnGroup } from "./groups";

/** What `columns` may name besides single columns. */
export const GROUP_NAMES = ["stars", "labels", "predictions", "probabilities", "vectors"] as const;
/** What an answer has where nothing is chosen: the probability of every class and vectors make many columns. */
const USUAL: readonly string[] = ["stars", "labels", "predictions"];
export type GroupName = (typeof GROUP_NAMES)[number];

/** Columns that every answer has. */
const KEY_NAMES = ["source_id", "found"] as const;

/** Names must differ, also for readers that take capitals for small letters. @param others names that are taken */
export function withDistinctNames(groups: readonly ColumnGroup[], others: readonly string[]): ColumnGroup[] {
  const taken = new Set<string>(others);
  const distinct = (name: string): string => {
    let free = name;
    for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${name}_${n}`;
    taken.add(free.toLowerCase());
    return free;
  };
  return groups.map(({ columns, join }) => ({ columns: columns.map((one) => ({ ...one, name: distinct(one.name) })), join }));
}

function refuseUnknown(name: string): never {
  const choices = `columns names columns of the whole answer, or ${GROUP_NAMES.join(", ")}, with commas between them`;
  throw new AppError("BAD_INPUT", `There is no column '${name.slice(0, 80)}'. ${choices}.`);
}

/**
 * Narrows groups to the columns that are wanted; a group without any is left out, and not joined.
 *
 * @param wanted names of groups and of columns; null: stars, labels and predictions
 * @param onRequest groups whose columns are given only where they are named one by one
 * @throws AppError BAD_INPUT for a name that is neither
 */
export function chooseColumns(
  groups: Readonly<Record<GroupName, readonly ColumnGroup[]>>,
  wanted: readonly string[] | null,
  onRequest: readonly ColumnGroup[] = [],
): ColumnGroup[] {
  const names = new Set(wanted ?? USUAL);
  const offered = [
    ...GROUP_NAMES.flatMap((name) => groups[name].map((group) => ({ name, group }))),
    ...onRequest.map((group) => ({ name: "", group })),
  ];
  const all = withDistinctNames(
    offered.map(({ group }) => group),
    KEY_NAMES,
  );
  const chosen = all.map(({ columns, join }, index) => ({
    columns: names.has(offered[index]!.name) ? columns : columns.filter(({ name }) => names.has(name)),
    join,
  }));
  const known = new Set<string>([...KEY_NAMES, ...GROUP_NAMES, ...all.flatMap(({ columns }) => columns.map(({ name }) => name))]);
  const unknown = [...names].find((name) => !known.has(name));
  return unknown === undefined ? chosen.filter(({ columns }) => columns.length > 0) : refuseUnknown(unknown);
}
