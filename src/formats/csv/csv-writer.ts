import { csvNames, type OutputColumn } from "../output-table";
import { csvLine } from "./csv-line";

/** CSV as PostgreSQL writes it: null is an empty cell, and numbers have the shortest digits that identify them. */
export async function* writeCsv(columns: readonly OutputColumn[], copied: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  yield Buffer.from(csvLine(columns.flatMap(csvNames)));
  yield* copied;
}
