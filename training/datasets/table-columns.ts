import { isNullValue } from "../../src/catalogue/ingest/mapped-values";
import type { NullRange } from "../../src/catalogue/ingest/mapping";
import { sourceIdColumn, type TableHead } from "../../src/catalogue/source-id-column";
import { AppError } from "../../src/errors";
import { numberOfCell } from "../../src/formats/cells/cell-number";
import { isFloatingId } from "../../src/formats/cells/floating-id";
import { isNullText } from "../../src/formats/cells/null-text";
import { ColumnIndex } from "../../src/formats/column-index";
import type { Cell, Column } from "../../src/formats/table";
import { type ConvertCell, columnConverter } from "../../src/formats/units/column-conversion";
import { cellNumber } from "./cell-number";

/** Reads one value of a row. @param row its number from 1, for messages @throws AppError BAD_INPUT */
type Read<Value> = (cells: readonly Cell[], row: number) => Value;

/** The columns of somebody's table: found by their names in any case, read in the units that are wanted. */
export class TableColumns {
  private readonly index: ColumnIndex;
  private readonly head: TableHead;

  /** @param file for messages */
  constructor(
    readonly columns: readonly Column[],
    private readonly file: string,
  ) {
    this.index = new ColumnIndex(columns, file);
    this.head = { name: file, columns };
  }

  /** @returns the place of the first of the names that the table has, or -1 @throws AppError BAD_INPUT if it has it twice */
  find(names: readonly string[]): number {
    return this.index.findAny(names);
  }

  /** @returns the place of the first of the columns, one of which must be there */
  require(names: readonly string[], what: string): number {
    const at = this.find(names);
    if (at >= 0) return at;
    const header = this.columns.map(({ name }) => name).join(", ");
    throw new AppError("BAD_INPUT", `${this.file} has the columns ${header}: ${what} is wanted, as ${names.join(" or ")}.`);
  }

  /**
   * Numbers of a column, NaN where there is none; of a column that is not there (-1), NaN alone.
   *
   * @param unit that they are wanted in; what the file states is converted to it. null: a number without one
   * @throws AppError BAD_INPUT if the file states a unit that cannot be converted
   */
  numbers(at: number, unit: string | null): Read<number> {
    if (at < 0) return () => Number.NaN;
    const convert: ConvertCell = columnConverter(this.columns[at]!, { unit }, this.file) ?? ((cell) => cell);
    return (cells, row) => cellNumber(convert(cells[at] ?? null), () => this.where(at, row));
  }

  /** @throws AppError BAD_INPUT if the column holds floating-point numbers, and reading if a row has no source_id */
  sourceIds(at: number): Read<bigint> {
    const read = sourceIdColumn(this.head, this.index, { column: this.columns[at]!.name, release: null, isGaiaTable: false });
    return (cells, row) => {
      const id = read(cells);
      if (typeof id === "bigint") return id;
      const fault = id === null ? "there is no source_id" : id.of(cells[at]);
      throw new AppError("BAD_INPUT", `${this.where(at, row)}: ${fault}. Every row needs one.`);
    };
  }

  /** Names of objects, which no whole number may have become a floating-point one in. @param nulls numbers that name none */
  names(at: number, nulls: readonly NullRange[] = []): Read<string> {
    if (this.columns[at]!.kind === "float")
      throw new AppError(
        "BAD_INPUT",
        `${this.file}, column ${this.columns[at]!.name}: ids are floating-point numbers, which round long ones. Write them as integers or text.`,
      );
    return (cells, row) => {
      const id = String(cells[at] ?? "").trim();
      if (isNullText(id) || (nulls.length > 0 && isNullValue(numberOfCell(id) ?? Number.NaN, nulls)))
        throw new AppError("BAD_INPUT", `${this.file}, row ${row}: the id ${this.columns[at]!.name} is empty.`);
      if (isFloatingId(id))
        throw new AppError(
          "BAD_INPUT",
          `${this.where(at, row)}: the id '${id.slice(0, 40)}' is a floating-point number. Write ids as text.`,
        );
      return id;
    };
  }

  private where(at: number, row: number): string {
    return `${this.file}, row ${row}: the column ${this.columns[at]!.name}`;
  }
}
