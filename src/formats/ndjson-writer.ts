import { copiedLines, finiteCell, NULL_CELL, unescapeCell } from "./copy-text";
import type { OutputColumn, OutputType } from "./output-table";

/** 64-bit integers are text: JavaScript and jq would round a number beyond 2^53. */
function jsonCell(type: OutputType, cell: string): string {
  if (type === "string") return cell === NULL_CELL ? "null" : JSON.stringify(unescapeCell(cell));
  if (cell === NULL_CELL || type === "boolean") return cell === NULL_CELL ? "null" : cell;
  return type === "int64" ? `"${cell}"` : (finiteCell(cell) ?? "null");
}

/** One JSON object a line. */
export async function* writeNdjson(columns: readonly OutputColumn[], copied: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  const keys = columns.map(({ name }, index) => `${index === 0 ? "{" : ","}${JSON.stringify(name)}:`);
  yield Buffer.alloc(0);
  for await (const bytes of copied) {
    let text = "";
    for (const cells of copiedLines(bytes)) {
      for (let index = 0; index < keys.length; index++) text += keys[index]! + jsonCell(columns[index]!.type, cells[index]!);
      text += "}\n";
    }
    yield Buffer.from(text);
  }
}
