import { NULL_TEXT } from "../../database/copy-text";
import type { ColumnIndex } from "../../formats/column-index";
import type { Cell } from "../../formats/table";
import { type ConvertCell, columnConverter } from "../../formats/units/column-conversion";
import type { TableHead } from "../source-id-column";
import { ENCODERS, type Encode, Rejected, type SqlType } from "./column";
import { isPlaceholder } from "./placeholder";

/** A column of the file that is kept under its own name. */
export interface TakenColumn {
  readonly name: string;
  readonly type: SqlType;
  readonly position: number;
  readonly encode: Encode;
  /** to the unit that we keep the column in; null if it is in it */
  readonly convert: ConvertCell | null;
  readonly unit: string | null;
}

/** A column that could be kept, and the unit it is kept in; null if it has none. */
export interface KnownColumn {
  readonly type: SqlType;
  readonly unit: string | null;
}

/**
 * @param known the columns that could be kept
 * @returns those that the file has
 * @throws AppError BAD_INPUT if one is there twice, or in a unit that cannot be converted
 */
export function takenColumns(known: Readonly<Record<string, KnownColumn>>, index: ColumnIndex, head: TableHead): TakenColumn[] {
  return Object.entries(known).flatMap(([name, { type, unit }]) => {
    const position = index.find(name);
    if (position === -1) return [];
    const convert = type === "text" ? null : columnConverter(head.columns[position]!, { unit }, head.name);
    return [{ name, type, position, encode: ENCODERS[type], convert, unit }];
  });
}

/** @returns a row's COPY texts of the columns, in their order, or the first fault */
export function encodeCells(row: readonly Cell[], taken: readonly TakenColumn[]): string[] | Rejected {
  const cells: string[] = [];
  for (const { position, encode, convert, name, unit } of taken) {
    const cell = row[position]!;
    const text = encode(convert === null ? cell : convert(cell), name);
    if (text instanceof Rejected) return text;
    cells.push(isPlaceholder(text, unit) ? NULL_TEXT : text);
  }
  return cells;
}
