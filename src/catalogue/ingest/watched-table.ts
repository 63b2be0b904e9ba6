import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { type OpenOptions, openTable } from "../../formats/open-table";
import type { Cell, Column, TableStream } from "../../formats/table";

type Batches = TableStream["batches"];

/** A table whose bytes are counted and summed as its rows are read. */
export interface WatchedTable {
  readonly columns: readonly Column[];
  /** null if the table has no rows */
  readonly firstRow: readonly Cell[] | null;
  /** All rows, the first among them; may be read once. */
  readonly batches: Batches;
  /** Of the file as it lies on the disk, hexadecimal; once, after the last batch. */
  sha256(): string;
}

/** Looks at the first row. @returns it and all the batches, it among them */
async function peek(batches: Batches): Promise<[readonly Cell[] | null, Batches]> {
  const source = batches[Symbol.asyncIterator]();
  let next = await source.next();
  while (!next.done && next.value.length === 0) next = await source.next();
  const first = next.done ? [] : next.value;
  const all = (async function* () {
    yield first;
    yield* { [Symbol.asyncIterator]: () => source };
  })();
  return [first[0] ?? null, all];
}

/** Opens a table file, its cells left as text where the format is text. */
export async function openWatched(
  file: string,
  options: OpenOptions,
  onProgress: ((done: number, total: number) => void) | undefined,
): Promise<WatchedTable> {
  const hash = createHash("sha256");
  const total = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  let done = 0;
  const onBytes = (chunk: Buffer) => {
    hash.update(chunk);
    done += chunk.length;
    onProgress?.(done, total);
  };
  const { columns, batches } = await openTable(file, { ...options, typed: false, onBytes });
  const [firstRow, all] = await peek(batches);
  return { columns, firstRow, batches: all, sha256: () => hash.digest("hex") };
}
