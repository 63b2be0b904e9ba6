import { NULL_TEXT } from "../../database/copy-text";
import type { Cell, Column } from "../../formats/table";
import { type Encode, encodeReal, Rejected } from "./column";
import { ColumnIndex } from "./column-index";
import { type Measured, type ValueSource } from "./mapping";

/** Reads one mapped value of a row as COPY text in our unit. */
export type ReadValue = (row: readonly Cell[]) => string | Rejected;

/** Every column that a list of values reads. */
export const columnsOf = (measured: Iterable<Measured>): string[] =>
  [...measured].flatMap(({ value, error }) => [value.column, ...(error ? [error.column] : [])]);

/** Prepares the reading of a value: null values become NULL, others are brought to our unit. */
export function valueReader(source: ValueSource, columns: readonly Column[], encode: Encode = encodeReal): ReadValue {
  const position = new ColumnIndex(columns).find(source.column);
  const { factor, nulls } = source;
  return (row) => {
    const text = encode(row[position]!, source.column);
    if (text instanceof Rejected || text === NULL_TEXT) return text;
    if (nulls.length === 0 && factor === 1) return text;
    const value = Number(text);
    if (nulls.some(({ from, to }) => value >= from && value <= to)) return NULL_TEXT;
    return factor === 1 ? text : String(value * factor);
  };
}

/** A standard error below zero is none: catalogues write -1 or -9999 for "not known". */
export const errorReader = (source: ValueSource | null, columns: readonly Column[]): ReadValue => {
  if (source === null) return () => NULL_TEXT;
  const read = valueReader(source, columns);
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
