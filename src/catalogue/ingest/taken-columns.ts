import type { Cell } from "../../formats/table";
import { ENCODERS, type Encode, Rejected, type SqlType } from "./column";
import type { ColumnIndex } from "./column-index";

/** A column of the file that is kept under its own name. */
export interface TakenColumn {
  readonly name: string;
  readonly type: SqlType;
  readonly position: number;
  readonly encode: Encode;
}

/** @param known the columns that could be kept, with the type of each @returns those that the file has */
export function takenColumns(known: Readonly<Record<string, SqlType>>, index: ColumnIndex): TakenColumn[] {
  return Object.entries(known)
    .map(([name, type]) => ({ name, type, position: index.find(name), encode: ENCODERS[type] }))
    .filter(({ position }) => position !== -1);
}

/** @returns a row's COPY texts of the columns, in their order, or the first fault */
export function encodeCells(row: readonly Cell[], taken: readonly TakenColumn[]): string[] | Rejected {
  const cells: string[] = [];
  for (const { position, encode, name } of taken) {
    const text = encode(row[position]!, name);
    if (text instanceof Rejected) return text;
    cells.push(text);
  }
  return cells;
}
