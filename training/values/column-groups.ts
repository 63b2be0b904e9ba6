import type { RawColumn } from "./expressions/raw-column";

/** Raw columns that a star has, or lacks, together. */
export interface ColumnGroup {
  readonly name: string;
  /** indices into the columns */
  readonly columns: readonly number[];
}

/** @returns the groups of some columns, in the order of their first ones */
export function columnGroups(columns: readonly RawColumn[]): ColumnGroup[] {
  const groups = new Map<string, number[]>();
  columns.forEach(({ group }, index) => {
    groups.set(group, [...(groups.get(group) ?? []), index]);
  });
  return [...groups].map(([name, indices]) => ({ name, columns: indices }));
}
