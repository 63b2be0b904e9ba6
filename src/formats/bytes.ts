import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { createGunzip } from "node:zlib";
import { AppError } from "../errors";

/** Large enough that a chunk's overhead vanishes, small enough that a batch of its rows stays in cache. */
const CHUNK_BYTES = 1 << 18;

/** A file for readers: its uncompressed bytes, their beginning, and its name for messages. */
export interface FileBytes {
  readonly name: string;
  /** The first uncompressed bytes, at least 1 KiB if the file is that long; `chunks` repeats them. */
  readonly head: Buffer;
  readonly chunks: AsyncIterable<Buffer>;
  readonly gzipped: boolean;
  /** Ends the reading where `chunks` is not read to its end. */
  close(): Promise<void>;
}

/** Receives every chunk as it is on disk (still compressed), for progress and checksums. */
export type OnBytes = (chunk: Buffer) => void;

/** @throws AppError NOT_FOUND or BAD_INPUT */
async function requireRegularFile(file: string): Promise<void> {
  const found = await stat(file).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") throw new AppError("NOT_FOUND", `No file '${file}'. Check its path.`, { cause });
    throw new AppError("BAD_INPUT", `'${file}' cannot be read: ${cause.message}.`, { cause });
  });
  if (!found.isFile()) throw new AppError("BAD_INPUT", `'${file}' is not a regular file. Name the table file itself.`);
  if (found.size === 0) throw new AppError("BAD_INPUT", `'${file}' is empty. Download or export it again.`);
}

/** The bytes of a file as they are on the disk. */
export async function* rawChunks(file: string, onBytes?: OnBytes): AsyncGenerator<Buffer> {
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>) {
    onBytes?.(chunk);
    yield chunk;
  }
}

async function* gunzipped(chunks: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  const feeding = (async () => {
    for await (const chunk of chunks) {
      if (gunzip.destroyed) return;
      if (!gunzip.write(chunk)) await new Promise<void>((resolve) => gunzip.once("drain", resolve).once("close", resolve));
    }
    gunzip.end();
  })();
  feeding.catch((error: Error) => gunzip.destroy(error));
  try {
    yield* gunzip as AsyncIterable<Buffer>;
  } catch (cause) {
    if (cause instanceof AppError || !(cause as NodeJS.ErrnoException).code?.startsWith("Z_")) throw cause;
    const fault = (cause as NodeJS.ErrnoException).code === "Z_BUF_ERROR" ? "ends in the middle: it is truncated" : "is damaged";
    throw new AppError("BAD_INPUT", `${name}: the gzip stream ${fault} (${(cause as Error).message}). Download it again.`, { cause });
  }
}

async function* chained(first: readonly Buffer[], rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* first;
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
  } finally {
    await rest.return(undefined);
  }
}

async function readHead(source: AsyncGenerator<Buffer>): Promise<Buffer[]> {
  const first: Buffer[] = [];
  let length = 0;
  while (length < 1024) {
    const next = await source.next();
    if (next.done) break;
    first.push(next.value);
    length += next.value.length;
  }
  return first;
}

/** A gzip stream can be a thousand times smaller than its content. */
async function* bounded(chunks: AsyncIterable<Buffer>, name: string, maxBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxBytes)
      throw new AppError("BAD_INPUT", `${name} unpacks to more than the ${maxBytes} bytes that are read. Send less of it.`);
    yield chunk;
  }
}

export interface BytesOptions {
  readonly onBytes?: OnBytes;
  /** [byte] limit of the uncompressed size of a gzipped file; default: none */
  readonly maxBytes?: number;
  /** name of the file in messages; default: its own name */
  readonly name?: string;
}

/**
 * Opens a file as a stream of bytes; uncompresses it if its first two bytes are those of gzip, whatever its name.
 *
 * @throws AppError NOT_FOUND or BAD_INPUT; while reading, BAD_INPUT for a truncated or damaged gzip stream
 */
export async function openBytes(file: string, { onBytes, maxBytes, name = path.basename(file) }: BytesOptions = {}): Promise<FileBytes> {
  await requireRegularFile(file);
  return bytesOf(rawChunks(file, onBytes), name, maxBytes);
}

/** A stream of bytes, uncompressed if it begins as gzip does; see openBytes. It has one byte at least. */
export async function bytesOf(raw: AsyncGenerator<Buffer>, name: string, maxBytes?: number): Promise<FileBytes> {
  const rawHead = await readHead(raw);
  const gzipped = rawHead[0]![0] === 0x1f && rawHead[0]![1] === 0x8b;
  const whole = chained(rawHead, raw);
  if (!gzipped)
    return { name, head: Buffer.concat(rawHead), chunks: whole, gzipped, close: async () => void (await raw.return(undefined)) };
  const source = maxBytes === undefined ? gunzipped(whole, name) : bounded(gunzipped(whole, name), name, maxBytes);
  const first = await readHead(source);
  return {
    name,
    head: Buffer.concat(first),
    chunks: chained(first, source),
    gzipped,
    close: async () => void (await source.return(undefined)),
  };
}
