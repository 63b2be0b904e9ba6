import { AppError } from "../../errors";
import type { FileBytes } from "../bytes";
import { checkColumnCount } from "../column-limit";
import type { Cell, Column, TableStream } from "../table";
import { decodeText } from "../text";
import { type Delimiter, RecordCutter } from "./csv-records";

type Batch = readonly (readonly string[])[];

/**
 * Records of delimited text in batches.
 *
 * @throws AppError BAD_INPUT if a record has a different number of cells than the first one
 */
async function* records(texts: AsyncIterable<string>, cutter: RecordCutter, name: string): AsyncGenerator<Batch> {
  let width = 0;
  const checked = (batch: string[][]): string[][] => {
    width ||= batch[0]?.length ?? 0;
    const ragged = batch.findIndex((record) => record.length !== width);
    if (ragged === -1) return batch;
    // Line numbers are known only for the end of the batch, so identify a record inside it by its beginning.
    throw new AppError(
      "BAD_INPUT",
      `${name}: the record that begins with '${batch[ragged]![0]!.slice(0, 40)}' (before line ${cutter.line}) has ${batch[ragged]!.length} cells where the header names ${width}. Is the file truncated, or delimited otherwise?`,
    );
  };
  for await (const text of texts) yield checked(cutter.push(text));
  yield checked(cutter.end());
}

/** Takes the first record off a stream of batches. */
async function takeHeader(
  batches: AsyncGenerator<Batch>,
  name: string,
): Promise<{ header: readonly string[]; rows: AsyncGenerator<Batch> }> {
  for (;;) {
    const next = await batches.next();
    if (next.done) throw new AppError("BAD_INPUT", `${name} has no header line.`);
    const [header, ...first] = next.value;
    if (header === undefined) continue;
    const rows = (async function* () {
      yield first;
      yield* batches;
    })();
    return { header, rows };
  }
}

function requireDistinct(names: readonly string[], file: string): void {
  const seen = new Set<string>();
  const twice = names.find((name) => seen.size === seen.add(name).size);
  if (twice !== undefined) throw new AppError("BAD_INPUT", `${file}: the header names the column '${twice}' twice.`);
  if (names.some((name) => name === "")) throw new AppError("BAD_INPUT", `${file}: a column of the header has no name.`);
}

/** Delimited text whose first record is the header: its names, trimmed and distinct, then the rows. */
export async function delimitedTable(
  texts: AsyncIterable<string>,
  name: string,
  delimiter: Delimiter,
): Promise<{ names: readonly string[]; rows: AsyncIterable<Batch> }> {
  const { header, rows } = await takeHeader(records(texts, new RecordCutter(name, delimiter), name), name);
  checkColumnCount(header.length, name);
  const names = header.map((cell) => cell.trim());
  requireDistinct(names, name);
  return { names, rows };
}

const untyped = (name: string): Column => ({ name, unit: null, description: null });

/** An empty cell is null; others remain text. */
async function* emptyAsNull(rows: AsyncIterable<Batch>): AsyncGenerator<readonly (readonly Cell[])[]> {
  for await (const batch of rows) yield batch.map((row) => (row.includes("") ? row.map((cell) => (cell === "" ? null : cell)) : row));
}

/** Drops the `#` that whitespace tables begin their header line with. */
async function* withoutHeaderMark(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let first = true;
  for await (const text of texts) {
    yield first ? text.replace(/^\s*#/, "") : text;
    first = false;
  }
}

/**
 * Opens delimited text: one header line, then records. Cells are strings, an empty one null.
 *
 * @param delimiter `whitespace` for columns separated by blanks, whose header line may begin with #
 */
export async function openCsv(bytes: FileBytes, delimiter: Delimiter = ","): Promise<TableStream> {
  const decoded = decodeText(bytes.chunks, bytes.name);
  const texts = delimiter === "whitespace" ? withoutHeaderMark(decoded) : decoded;
  const { names, rows } = await delimitedTable(texts, bytes.name, delimiter);
  return { format: "csv", columns: names.map(untyped), batches: emptyAsNull(rows) };
}
