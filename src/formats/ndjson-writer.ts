import type { OutputColumn, OutputRow } from "./output-table";

/** One JSON object a line. 64-bit integers are text: JavaScript and jq would round a number beyond 2^53. */
export async function* writeNdjson(
  columns: readonly OutputColumn[],
  batches: AsyncIterable<readonly OutputRow[]>,
): AsyncGenerator<Uint8Array> {
  const keys = columns.map(({ name }, index) => `${index === 0 ? "{" : ","}${JSON.stringify(name)}:`);
  const line = (row: OutputRow) =>
    `${row.map((cell, index) => keys[index] + JSON.stringify(typeof cell === "bigint" ? cell.toString() : cell)).join("")}}\n`;
  yield Buffer.alloc(0);
  for await (const batch of batches) yield Buffer.from(batch.map(line).join(""));
}
