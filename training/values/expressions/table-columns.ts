import type { RawColumn } from "./raw-column";

/** A column of a user's table, as its mapping names it. */
export interface TableColumn {
  readonly name: string;
  readonly unit: string;
  readonly description?: string;
  readonly aliases?: readonly string[];
  /** name of the column that holds its standard error */
  readonly error?: string;
  /** what it comes and goes together with; by its name when left out */
  readonly group?: string;
}

/** What stands before the first underscore, as a survey's name does: `twomass` of twomass_j. */
const prefixOf = (name: string): string | null => /^([^_]+)_/.exec(name)?.[1]?.toLowerCase() ?? null;

/** Columns with the same prefix are of one group, and an error is of its value's group; others stand alone. */
function groupsOf(columns: readonly TableColumn[]): Map<string, string> {
  const errors = new Map(columns.flatMap(({ name, error }) => (error === undefined ? [] : [[error, name] as const])));
  const values = columns.filter(({ name }) => !errors.has(name));
  const sharing = (prefix: string) => values.filter(({ name }) => prefixOf(name) === prefix).length;
  const groups = new Map<string, string>();
  for (const { name, group } of values) {
    const prefix = prefixOf(name);
    groups.set(name, group ?? (prefix !== null && sharing(prefix) > 1 ? prefix : name));
  }
  for (const [error, value] of errors) groups.set(error, groups.get(value) ?? error);
  return groups;
}

/** @returns a table's columns as expressions read them */
export function tableColumns(columns: readonly TableColumn[]): RawColumn[] {
  const groups = groupsOf(columns);
  return columns.map(({ name, unit, description = name, aliases = [], error, group }) => ({
    name,
    unit,
    description,
    aliases,
    group: group ?? groups.get(name) ?? name,
    ...(error !== undefined && { error }),
  }));
}
