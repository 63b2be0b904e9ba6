import { csvLine, quoted } from "./csv-line";
import type { OutputCell, OutputColumn, OutputRow } from "./output-table";

/** Null is nothing between two commas; empty text is quoted, to differ from it. */
const cellText = (cell: OutputCell) => (cell === null ? "" : cell === "" ? '""' : quoted(String(cell)));

/** @returns the names of the columns, with the line's end */
export const csvHeader = (columns: readonly OutputColumn[]): Buffer => Buffer.from(csvLine(columns.map(({ name }) => name)));

/** CSV as PostgreSQL writes it: null is nothing between two commas, a number has as many digits as tell it apart. */
export async function* writeCsv(
  columns: readonly OutputColumn[],
  batches: AsyncIterable<readonly OutputRow[]>,
): AsyncGenerator<Uint8Array> {
  yield csvHeader(columns);
  for await (const batch of batches) yield Buffer.from(batch.map((row) => `${row.map(cellText).join(",")}\n`).join(""));
}
