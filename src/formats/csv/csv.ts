import { AppError } from "../../errors";
import type { FileBytes } from "../bytes";
import { checkColumnCount } from "../column-limit";
import type { Cell, Column, TableStream } from "../table";
import { decodeText } from "../text";
import { type Delimiter, RecordCutter } from "./csv-records";
import { textLayout } from "./text-layout";
import { takeSample } from "./text-sample";

type Batch = readonly (readonly string[])[];

/** A table's records as long as its header: what is beyond is blank, as after a comma at the end of every line. */
class RecordWidth {
  private unnamed = 0;

  constructor(
    private readonly name: string,
    private readonly cutter: RecordCutter,
    private width = 0,
  ) {}

  /** @param header the names of the columns */
  begin(header: readonly string[]): void {
    this.width = header.length;
    for (let at = header.length - 1; at > 0 && header[at]!.trim() === ""; at--) this.unnamed++;
  }

  /** @throws AppError BAD_INPUT if a record has a different number of cells */
  fit(batch: readonly string[][]): string[][] {
    const kept = batch.filter((record) => !record[0]!.startsWith("#"));
    return kept.every(({ length }) => length === this.width) ? kept : kept.map((record) => this.fitted(record));
  }

  private fitted(record: string[]): string[] {
    const { width } = this;
    if (record.length === width) return record;
    if (record.length > width && record.slice(width).every((cell) => cell.trim() === "")) return record.slice(0, width);
    if (record.length < width && record.length >= width - this.unnamed) return [...record, ...Array(width - record.length).fill("")];
    // Line numbers are known only for the end of the batch, so identify a record inside it by its beginning.
    throw new AppError(
      "BAD_INPUT",
      `${this.name}: the record that begins with '${record[0]!.slice(0, 40)}' (before line ${this.cutter.line}) has ${record.length} cells where the header names ${width}. Is the file truncated, or delimited otherwise?`,
    );
  }
}

/** Delimited text, cut into records. */
async function* records(texts: AsyncIterable<string>, cutter: RecordCutter): AsyncGenerator<string[][]> {
  for await (const text of texts) yield cutter.push(text);
  yield cutter.end();
}

/** Takes the first record off a stream of batches. */
async function takeHeader(batches: AsyncGenerator<string[][]>, name: string): Promise<{ header: readonly string[]; first: string[][] }> {
  for (;;) {
    const next = await batches.next();
    if (next.done) throw new AppError("BAD_INPUT", `${name} has no header line.`);
    const [header, ...first] = next.value;
    if (header !== undefined) return { header, first };
  }
}

/**
 * Delimited text whose first record is the header: its names, trimmed, then the rows. Lines that begin with # are comments.
 *
 * @param names of the columns, where the first record is a row already
 */
export async function delimitedTable(
  texts: AsyncIterable<string>,
  name: string,
  delimiter: Delimiter,
  names: readonly string[] | null = null,
): Promise<{ names: readonly string[]; rows: AsyncIterable<Batch> }> {
  const cutter = new RecordCutter(name, delimiter);
  const width = new RecordWidth(name, cutter);
  const batches = records(texts, cutter);
  const { header, first } = names ? { header: names, first: [] } : await takeHeader(batches, name);
  checkColumnCount(header.length, name);
  width.begin(header);
  const rows = (async function* () {
    yield width.fit(first);
    for await (const batch of batches) yield width.fit(batch);
  })();
  return { names: header.map((cell) => cell.trim()), rows };
}

/** An empty cell is null; others remain text. */
async function* emptyAsNull(rows: AsyncIterable<Batch>): AsyncGenerator<readonly (readonly Cell[])[]> {
  for await (const batch of rows) yield batch.map((row) => (row.includes("") ? row.map((cell) => (cell === "" ? null : cell)) : row));
}

async function* joined(body: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield body;
  yield* rest;
}

/**
 * Opens delimited text: comments, a header line, which may be one of the comments, perhaps a line of units, then records. Cells
 * are strings, an empty one null. A column without a name, as that of pandas' row numbers, is there but cannot be asked for.
 *
 * @param delimiter what parts the cells; without it, that of the first lines
 */
export async function openCsv(bytes: FileBytes, delimiter?: Delimiter): Promise<TableStream> {
  const { sample, rest } = await takeSample(decodeText(bytes.chunks, bytes.name));
  const layout = textLayout(sample, delimiter);
  const { names, rows } = await delimitedTable(joined(layout.body, rest), bytes.name, layout.delimiter, layout.names);
  const unitAt = (index: number): string | null => layout.units?.[index]?.replace(/^-+$/, "") || null;
  const columns = names.map((name, index): Column => ({ name, unit: unitAt(index), description: null, kind: "text" }));
  return { format: "csv", columns, batches: emptyAsNull(rows) };
}
