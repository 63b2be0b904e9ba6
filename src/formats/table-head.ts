import type { TableHead } from "./output-table";

/**
 * A document that stands beside a file whose format has no place for it: what the file says of itself, and the name, type, unit,
 * UCD and meaning of each column.
 */
export function headJson({ columns, about: { description, notes } }: TableHead): string {
  const described = columns.map(({ name, type, unit, ucd = null, length, description: meaning }) => ({
    ...{ name, type, length, unit, ucd },
    description: meaning,
  }));
  return `${JSON.stringify({ description, notes: notes.map(({ name, value }) => ({ name, value })), columns: described }, null, 2)}\n`;
}
