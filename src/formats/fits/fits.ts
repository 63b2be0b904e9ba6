import { AppError } from "../../errors";
import { ByteReader } from "../byte-reader";
import type { FileBytes } from "../bytes";
import { chooseTable, type NamedTable } from "../choose-table";
import type { Cell, TableStream } from "../table";
import type { TableSource } from "../table-source";
import { type FitsColumn, readColumns } from "./fits-columns";
import { BLOCK_BYTES, type Cards, dataBytes, integerCard, paddingBytes, readCards } from "./fits-header";

/** Rows are read in batches of about this many bytes. */
const BATCH_BYTES = 1 << 18;
/** Limit of the length of a row, so that a damaged header cannot make us allocate gigabytes. */
const MAX_ROW_BYTES = 1 << 22;
/** Memory limit for a table with variable-length cells. */
const MAX_HEAP_BYTES = 1 << 29;

const truncated = (file: string): AppError =>
  new AppError("BAD_INPUT", `${file} ends before the rows that its FITS header announces: it is truncated. Download it again.`);

const noTable = (file: string, hasTextTable: boolean): AppError => {
  const found = hasTextTable
    ? "with an ASCII table (XTENSION TABLE), which is not read. Export it as a binary table, VOTable or CSV"
    : "with no binary table (XTENSION BINTABLE) in it, or is cut off before it. Images are not read";
  return new AppError("BAD_INPUT", `${file} is a FITS file ${found}.`);
};

const nextHeader = (reader: ByteReader, file: string) => readCards(() => reader.take(BLOCK_BYTES), file);

/** Whether a unit is a table to read: a compressed image is kept as a binary table, too (FITS standard 4.0, section 10.1). */
const isTable = (cards: Cards): boolean => cards.get("XTENSION") === "BINTABLE" && cards.get("ZIMAGE") !== true;

/** Skips to a binary table. @param index from 0 */
async function findTable(reader: ByteReader, index: number, file: string): Promise<Cards> {
  for (let before = index; ; ) {
    const cards = await nextHeader(reader, file);
    if (cards === null) throw noTable(file, false);
    if (isTable(cards) && before-- === 0) return cards;
    if (!(await reader.skip(dataBytes(cards, file)))) throw truncated(file);
  }
}

/** Size of a row [byte]. @throws AppError BAD_INPUT if it cannot be one */
function rowBytesOf(cards: Cards, file: string): number {
  const bytes = integerCard(cards, "NAXIS1", file);
  if (bytes > 0 && bytes <= MAX_ROW_BYTES) return bytes;
  throw new AppError("BAD_INPUT", `${file}: a FITS row of ${bytes} bytes is not read.`);
}

/** Lists the binary tables of a file. @throws AppError BAD_INPUT if it has none, or ends before the rows that a header announces */
async function listTables({ chunks, name: file }: FileBytes): Promise<NamedTable[]> {
  const reader = new ByteReader(chunks);
  const tables: NamedTable[] = [];
  let hasTextTable = false;
  for (;;) {
    const cards = await nextHeader(reader, file);
    if (cards === null) break;
    const name = cards.get("EXTNAME");
    hasTextTable ||= cards.get("XTENSION") === "TABLE";
    if (isTable(cards)) {
      const rows = integerCard(cards, "NAXIS2", file);
      if (rows > 0) rowBytesOf(cards, file);
      tables.push({ name: typeof name === "string" ? name : null, rows });
    }
    // Programs forget to fill the last block up.
    const whole = await reader.skip(dataBytes(cards, file) - paddingBytes(cards, file));
    if (!whole) throw truncated(file);
    if (!(await reader.skip(paddingBytes(cards, file)))) break;
  }
  if (tables.length === 0) throw noTable(file, hasTextTable);
  return tables;
}

interface Shape {
  readonly rows: number;
  readonly rowBytes: number;
}

const NO_HEAP = Buffer.alloc(0);

/** Variable-length cells follow the rows, so both must be held in memory. */
async function readHeap(reader: ByteReader, cards: Cards, { rows, rowBytes }: Shape, file: string): Promise<[ByteReader, Buffer]> {
  const bytes = rows * rowBytes + integerCard(cards, "PCOUNT", file, 0);
  if (bytes > MAX_HEAP_BYTES)
    throw new AppError(
      "BAD_INPUT",
      `${file} holds ${bytes} bytes of rows with cells of variable length; ${MAX_HEAP_BYTES} are read at most. Export it in parts, or as CSV or VOTable.`,
    );
  const all = await reader.take(bytes);
  if (all === null) throw truncated(file);
  await reader.drain();
  const rowsAgain = (async function* () {
    yield all.subarray(0, rows * rowBytes);
  })();
  return [new ByteReader(rowsAgain), all.subarray(integerCard(cards, "THEAP", file, rows * rowBytes))];
}

async function* readRows(source: ByteReader, cards: Cards, columns: readonly FitsColumn[], shape: Shape, file: string) {
  const { rows, rowBytes } = shape;
  const inHeap = columns.some((column) => column.inHeap);
  const [reader, heap] = inHeap ? await readHeap(source, cards, shape, file) : [source, NO_HEAP];
  const perBatch = Math.max(1, Math.floor(BATCH_BYTES / rowBytes));
  for (let done = 0; done < rows; done += perBatch) {
    const count = Math.min(perBatch, rows - done);
    const bytes = await reader.take(count * rowBytes);
    if (bytes === null) throw truncated(file);
    yield Array.from({ length: count }, (_, index): Cell[] => {
      const row = bytes.subarray(index * rowBytes, (index + 1) * rowBytes);
      return columns.map((column) => column.read(row, heap));
    });
  }
  // The following units are skipped, but a gzip stream that ends among them is a truncated file.
  await reader.drain();
}

/**
 * Opens the one binary table with rows of a FITS file, or the one that is named, (FITS standard 4.0): all types of TFORM, TNULL, TSCAL and TZERO; 64-bit
 * integers are exact; arrays are flattened. A table with variable-length cells (P, Q) is held in memory, up to 512 MiB.
 *
 * @throws AppError BAD_INPUT for a file without a binary table, with a damaged header, or truncated
 */
export async function openFits(source: TableSource, table?: string): Promise<TableStream> {
  const tables = await listTables(await source.scan());
  const index = chooseTable(tables, table, source.name);
  const bytes = await source.read();
  const reader = new ByteReader(bytes.chunks);
  const cards = await findTable(reader, index, bytes.name);
  if (cards.get("ZTABLE") === true)
    throw new AppError("BAD_INPUT", `${bytes.name} holds a compressed table (ZTABLE), which is not read. Unpack it with funpack.`);
  const [rowBytes, rows] = [rowBytesOf(cards, bytes.name), integerCard(cards, "NAXIS2", bytes.name)];
  const columns = readColumns(cards, bytes.name);
  return { format: "fits", columns, batches: readRows(reader, cards, columns, { rows, rowBytes }, bytes.name) };
}
