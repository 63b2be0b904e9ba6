import type { OutputColumn } from "../output-table";
import { csvLine } from "./csv-line";

/** CSV as PostgreSQL writes it: null is nothing between two commas, a number has as many digits as tell it apart. */
export async function* writeCsv(columns: readonly OutputColumn[], copied: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  yield Buffer.from(csvLine(columns.map(({ name }) => name)));
  yield* copied;
}
