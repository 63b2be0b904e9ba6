import { AppError } from "../../errors";
import { numberOfCell } from "../../formats/cells/cell-number";
import type { CopyForm, OutputColumn, OutputType } from "../../formats/output-table";
import type { Cell, Column, ColumnKind, TableStream } from "../../formats/table";
import type { Match } from "../../science/crossmatch/match-back";
import { encodeRows, type OutputCell } from "../bulk/encode-rows";
import { emptyCells, MATCH_COLUMNS, matchCells } from "./match-columns";
import type { ReadObjects } from "./read-objects";

const TYPES: Readonly<Record<ColumnKind, OutputType>> = { text: "string", integer: "int64", float: "float64", boolean: "boolean" };

/** Rows that one piece of the file holds. */
const PIECE_ROWS = 5_000;

/** A column of the table as it is written again. */
interface KeptColumn extends OutputColumn {
  readonly at: number;
}

/** A table's own column `separation` would be taken for ours. */
function outputName(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name.toLowerCase()) ? `${name}_input` : name;
}

function keptColumns(columns: readonly Column[], arrays: ReadonlySet<number>): KeptColumn[] {
  const taken = new Set(MATCH_COLUMNS.map(({ name }) => name));
  return columns.flatMap(({ name, unit, description, kind }, at) =>
    arrays.has(at) ? [] : [{ at, name: outputName(name, taken), type: TYPES[kind], unit, description: description ?? "" }],
  );
}

/** @throws AppError BAD_INPUT for a value that is not what the table said its column holds */
function outputCell(cell: Cell, { type, name }: OutputColumn): OutputCell {
  if (cell === null) return null;
  if (type === "string") return String(cell);
  if (type === "boolean" && typeof cell === "boolean") return cell;
  const value = typeof cell === "bigint" ? cell : numberOfCell(cell);
  if (value === null) return null;
  if (value === undefined || type === "boolean")
    throw new AppError("BAD_INPUT", `'${String(cell).slice(0, 40)}' in ${name} is no ${type}.`);
  return type === "int64" ? BigInt(value) : Number(value);
}

/** A table read for the second time, with what its objects were matched with. */
export class MatchedTable {
  private readonly kept: readonly KeptColumn[];
  readonly columns: readonly OutputColumn[];
  /** names of the columns that hold arrays */
  readonly leftOut: readonly string[];
  /** rows written so far */
  rows = 0;

  constructor(
    private readonly table: TableStream,
    private readonly read: ReadObjects,
    private readonly matches: readonly (readonly Match[])[],
  ) {
    this.kept = keptColumns(table.columns, read.arrays);
    this.columns = [...this.kept, ...MATCH_COLUMNS];
    this.leftOut = table.columns.filter((_, at) => read.arrays.has(at)).map(({ name }) => name);
  }

  private rowsOf(row: readonly Cell[], number: number): OutputCell[][] {
    const own = this.kept.map((column) => outputCell(row[column.at]!, column));
    const found = this.matches[number]!;
    if (found.length === 0) return [[...own, ...emptyCells(this.read.objects[number] !== null)]];
    return found.map((match) => [...own, ...matchCells(match)]);
  }

  /** The rows in the order of the table, each once or once a neighbour. @throws AppError BAD_INPUT if the file changed meanwhile */
  async *copied(form: CopyForm): AsyncGenerator<Buffer, void> {
    let [number, piece]: [number, OutputCell[][]] = [0, []];
    for await (const batch of this.table.batches)
      for (const row of batch) {
        if (number >= this.matches.length) throw new AppError("BAD_INPUT", "The table grew while it was matched. Run it again.");
        piece.push(...this.rowsOf(row, number++));
        if (piece.length < PIECE_ROWS) continue;
        yield this.encoded(piece, form);
        piece = [];
      }
    if (piece.length > 0) yield this.encoded(piece, form);
  }

  private encoded(piece: readonly OutputCell[][], form: CopyForm): Buffer {
    this.rows += piece.length;
    return encodeRows(this.columns, piece, form);
  }
}
