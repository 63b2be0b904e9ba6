import { Rejected } from "../../../src/catalogue/ingest/column";
import { errorReader, type ReadValue, valueReader } from "../../../src/catalogue/ingest/mapped-values";
import type { Mapping, Measured, TextColumn } from "../../../src/catalogue/ingest/mapping";
import type { LabelCondition } from "../../../src/catalogue/labels/label-conditions";
import type { TableHead } from "../../../src/catalogue/source-id-column";
import { NULL_TEXT } from "../../../src/database/copy-text";
import { AppError } from "../../../src/errors";
import { numberOfCell } from "../../../src/formats/cells/cell-number";
import { isNullText } from "../../../src/formats/cells/null-text";
import { ColumnIndex } from "../../../src/formats/column-index";
import type { OpenOptions } from "../../../src/formats/open-table";
import { openTable } from "../../../src/formats/open-table";
import type { Cell, Column } from "../../../src/formats/table";
import { TableColumns } from "../../datasets/table-columns";

/** What is read of a table's rows; names are those of the mapping. */
export interface Wanted {
  /** raw columns, as `bt`, `btError` */
  readonly raw: readonly string[];
  readonly labels: readonly string[];
  readonly classes: readonly string[];
  /** conditions on the table's own columns, by their names there */
  readonly where: Readonly<Record<string, LabelCondition | string>>;
}

/** One row of a table. */
export interface MappedRow {
  readonly id: string;
  /** equal for rows of the same star */
  readonly starKey: string;
  /** [raw] NaN where missing */
  readonly raw: Float32Array;
  /** [labels] NaN where missing */
  readonly labels: Float64Array;
  /** [labels] */
  readonly labelErrors: Float64Array;
  /** [classes] null where missing */
  readonly classes: readonly (string | null)[];
  /** whether each condition holds, in order */
  readonly holds: readonly boolean[];
}

export interface MappedTable {
  /** the header of the id; null: rows are numbered */
  readonly idColumn: string | null;
  readonly batches: AsyncIterable<readonly MappedRow[]>;
}

/** A raw column of a mapping: a band or a value, or the error of one. */
export interface MappedColumn {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  readonly read: (head: TableHead) => ReadValue;
  /** of the file */
  readonly source: string;
}

const ERROR = "Error";

function columnsOfMeasured(name: string, unit: string, description: string, { value, error }: Measured): MappedColumn[] {
  const own = { name, unit, description, source: value.column, read: (head: TableHead) => valueReader(value, head) };
  if (error === null) return [own];
  const its = {
    name: `${name}${ERROR}`,
    unit,
    description: `standard error of ${name}`,
    source: error.column,
    read: (head: TableHead) => errorReader(error, head),
  };
  return [own, its];
}

/** @returns the raw columns that a mapping describes: bands, values and their errors */
export function mappedColumns({ photometry, values }: Mapping): MappedColumn[] {
  const bands = [...(photometry ?? [])].flatMap(([band, measured]) => columnsOfMeasured(band, "mag", `magnitude in ${band}`, measured));
  const others = [...values].flatMap(([name, value]) => columnsOfMeasured(name, value.unit, value.description ?? name, value));
  return [...bands, ...others];
}

function requireFileColumns(names: readonly string[], index: ColumnIndex, file: string, mapping: Mapping): void {
  index.require([...new Set(names)], file, `what the mapping of '${mapping.catalogue.name}' describes`);
}

/** @returns NaN for a missing value. @throws AppError BAD_INPUT naming the row, the column and what is wrong with it */
function numberOf(text: string | Rejected, where: () => string): number {
  if (text instanceof Rejected)
    throw new AppError("BAD_INPUT", `${where()}: ${text.reason}. Mend the file, or add the value to the mapping's nulls.`);
  return text === NULL_TEXT ? Number.NaN : Number(text);
}

function wordOf(cell: Cell, { nulls }: TextColumn): string | null {
  const word = cell === null ? "" : String(cell).trim();
  return isNullText(word) || nulls.includes(word) ? null : word;
}

/** @returns whether a cell of the table's own columns meets a condition; a missing one meets none */
export function meets(cell: Cell, condition: LabelCondition | string): boolean {
  const text = cell === null ? "" : String(cell).trim();
  if (typeof condition === "string") return text === condition;
  const value = numberOfCell(cell) ?? Number.NaN;
  if (typeof condition === "number") return value === condition;
  if ("noneOf" in condition) return Number.isSafeInteger(value) && (BigInt(value) & BigInt(condition.noneOf)) === 0n;
  return value >= (condition.min ?? Number.NEGATIVE_INFINITY) && value <= (condition.max ?? Number.POSITIVE_INFINITY);
}

/** A decimal as the number it is, so that 8.4820 in one file is the star of 8.482 in another; all else, ids too, as written. */
const sameNumber = (cell: Cell): Cell => (typeof cell === "string" && /^[+-]?\d*\.\d+$/.test(cell) ? Number(cell) : cell);

/** How a value is read of a row, and the column that it comes from. */
interface NamedValue {
  readonly column: string;
  readonly read: ReadValue;
}

/** Reads the rows of one file. */
class RowReader {
  readonly #index: ColumnIndex;
  readonly #readId: (row: readonly Cell[], line: number) => string;
  readonly #raw: readonly NamedValue[];
  readonly #labels: readonly { readonly value: NamedValue; readonly error: NamedValue }[];

  constructor(
    readonly mapping: Mapping,
    readonly wanted: Wanted,
    readonly columns: readonly Column[],
    readonly file: string,
  ) {
    this.#index = new ColumnIndex(columns, file);
    const known = mappedColumns(mapping);
    const raw = wanted.raw.map((name) => known.find((column) => column.name === name)!);
    const labels = wanted.labels.map((name) => mapping.labels!.get(name)!);
    const classes = wanted.classes.map((name) => mapping.classes.get(name)!.column);
    const key = [...(mapping.id === null ? [] : [mapping.id]), ...(mapping.star ?? [])];
    const labelColumns = labels.flatMap(({ value, error }) => [value.column, ...(error ? [error.column] : [])]);
    requireFileColumns(
      [...key, ...raw.map(({ source }) => source), ...labelColumns, ...classes, ...Object.keys(wanted.where)],
      this.#index,
      file,
      mapping,
    );
    const head = { name: file, columns };
    this.#readId =
      mapping.id === null
        ? (_row, line) => String(line)
        : new TableColumns(columns, file).names(this.#index.find(mapping.id), mapping.nulls);
    this.#raw = raw.map((column) => ({ column: column.source, read: column.read(head) }));
    this.#labels = labels.map(({ value, error }) => ({
      value: { column: value.column, read: valueReader(value, head) },
      error: { column: error?.column ?? value.column, read: errorReader(error, head) },
    }));
  }

  #cell(row: readonly Cell[], column: string): Cell {
    return row[this.#index.find(column)] ?? null;
  }

  read(row: readonly Cell[], line: number): MappedRow {
    const { mapping, wanted } = this;
    const numberIn = ({ column, read }: NamedValue) => numberOf(read(row), () => `${this.file}, row ${line}, column ${column}`);
    const id = this.#readId(row, line);
    return {
      id,
      starKey: mapping.star === null ? id : mapping.star.map((column) => sameNumber(this.#cell(row, column))).join("/"),
      raw: Float32Array.from(this.#raw, numberIn),
      labels: Float64Array.from(this.#labels, ({ value }) => numberIn(value)),
      labelErrors: Float64Array.from(this.#labels, ({ error }) => numberIn(error)),
      classes: wanted.classes.map((name) => {
        const column = mapping.classes.get(name)!;
        return wordOf(this.#cell(row, column.column), column);
      }),
      holds: Object.entries(wanted.where).map(([column, condition]) => meets(this.#cell(row, column), condition)),
    };
  }
}

async function* rowsOf(batches: AsyncIterable<readonly (readonly Cell[])[]>, reader: RowReader): AsyncGenerator<MappedRow[]> {
  let line = 0;
  for await (const batch of batches) yield batch.map((cells) => reader.read(cells, ++line));
}

/**
 * Opens a table file as a mapping describes it.
 *
 * @throws AppError NOT_FOUND or BAD_INPUT naming the file, the row and what is wrong with it
 */
export async function openMappedTable(file: string, mapping: Mapping, wanted: Wanted, options?: OpenOptions): Promise<MappedTable> {
  const table = await openTable(file, { ...options, delimiter: mapping.delimiter });
  const reader = new RowReader(mapping, wanted, table.columns, file);
  return { idColumn: mapping.id, batches: rowsOf(table.batches, reader) };
}
