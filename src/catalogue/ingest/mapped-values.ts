import { NULL_TEXT } from "../../database/copy-text";
import { numberOfCell } from "../../formats/cells/cell-number";
import { ColumnIndex } from "../../formats/column-index";
import type { Cell } from "../../formats/table";
import { columnConverter } from "../../formats/units/column-conversion";
import type { TableHead } from "../source-id-column";
import { type Encode, encodeReal, Rejected } from "./column";
import { type Measured, type NullRange, type ValueSource } from "./mapping";

/** Reads one mapped value of a row as COPY text in our unit. */
export type ReadValue = (row: readonly Cell[]) => string | Rejected;

/** Every column that a list of values reads. */
export const columnsOf = (measured: Iterable<Measured>): string[] =>
  [...measured].flatMap(({ value, error }) => [value.column, ...(error ? [error.column] : [])]);

/** Whether a number of the file is one of those that mean "no value". */
export const isNullValue = (value: number, nulls: readonly NullRange[]): boolean =>
  nulls.some(({ from, to }) => value >= from && value <= to);

/**
 * Prepares the reading of a value: null values become NULL, others are brought to our unit.
 *
 * @throws AppError BAD_INPUT if the column's unit cannot be brought to ours
 */
export function valueReader({ column, target, unit, nulls }: ValueSource, head: TableHead, encode: Encode = encodeReal): ReadValue {
  const position = new ColumnIndex(head.columns, head.name).find(column);
  const convert = position === -1 ? null : columnConverter(head.columns[position]!, { unit: target, stated: unit }, head.name);
  return (row) => {
    const cell = row[position]!;
    if (nulls.length > 0 && isNullValue(numberOfCell(cell) ?? Number.NaN, nulls)) return NULL_TEXT;
    return encode(convert === null ? cell : convert(cell), column);
  };
}

/** A standard error below zero is none: catalogues write -1 or -9999 for "not known". */
export const errorReader = (source: ValueSource | null, head: TableHead): ReadValue => {
  if (source === null) return () => NULL_TEXT;
  const read = valueReader(source, head);
  return (row) => {
    const text = read(row);
    return typeof text === "string" && text.startsWith("-") ? NULL_TEXT : text;
  };
};

/** Reads several values in order. @returns their texts, or the first fault */
export function readAll(readers: readonly ReadValue[], row: readonly Cell[]): string[] | Rejected {
  const texts: string[] = [];
  for (const read of readers) {
    const text = read(row);
    if (text instanceof Rejected) return text;
    texts.push(text);
  }
  return texts;
}
