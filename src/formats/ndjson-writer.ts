import { type CellFrame, transcoder } from "./copy/copy-text";
import type { OutputColumn } from "./output-table";

/** 64-bit integers are strings, because JavaScript and jq would round numbers beyond 2^53. */
/** PostgreSQL writes a vector as {1,2}, JSON as [1,2]. */
export const jsonList = (text: string): string => `[${text.slice(1, -1)}]`;

function frame({ name, type, length }: OutputColumn, index: number): CellFrame {
  const key = `${index === 0 ? "" : ","}${JSON.stringify(name)}:`;
  const quote = type === "int64" ? '"' : "";
  const text = length === undefined ? (type === "string" ? JSON.stringify : null) : jsonList;
  return { open: key + quote, close: quote, empty: `${key}null`, text, words: type === "boolean" };
}

/** One JSON object per line. */
export async function* writeNdjson(columns: readonly OutputColumn[], copied: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  const transcode = transcoder(columns.map(frame), { open: "{", close: "}\n" });
  yield Buffer.alloc(0);
  for await (const bytes of copied) yield transcode(bytes);
}
