import { once } from "node:events";
import zlib from "node:zlib";
import { type Entry, fromBuffer, open, type ZipFile } from "yauzl";
import { AppError } from "../../errors";
import type { TableSource } from "../table-source";
import { type Member, readAll } from "./member";

/** Since Node 20.15 and 22.2. */
const { crc32 } = zlib as { crc32?: (bytes: Uint8Array) => number };

const OPTIONS = { lazyEntries: true, autoClose: false } as const;

const damaged = (name: string, cause: unknown): AppError =>
  new AppError(
    "BAD_INPUT",
    `${name} cannot be read as a zip archive: ${(cause as Error).message.replace(/\.$/, "")}. Is it truncated? Download it again.`,
    {
      cause,
    },
  );

async function openZip({ file, name, scan }: TableSource, mostBytes: number): Promise<ZipFile> {
  const content = file === null ? await readAll((await scan()).chunks, name, mostBytes) : null;
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, zip: ZipFile) => (error ? reject(damaged(name, error)) : resolve(zip));
    if (content === null) open(file!, OPTIONS, done);
    else fromBuffer(content, OPTIONS, done);
  });
}

async function readEntry(zip: ZipFile, entry: Entry, name: string, mostBytes: number): Promise<Buffer> {
  const stream = await new Promise<AsyncIterable<Buffer>>((resolve, reject) =>
    zip.openReadStream(entry, (error, opened) => (error ? reject(damaged(name, error)) : resolve(opened))),
  );
  const content = await readAll(stream, `${name}: ${entry.fileName}`, mostBytes).catch((cause) => {
    throw cause instanceof AppError ? cause : damaged(name, cause);
  });
  if (crc32 && crc32(content) !== entry.crc32) throw damaged(name, new Error(`${entry.fileName} does not match its checksum`));
  return content;
}

/** The next entry, null after the last. */
async function nextEntry(zip: ZipFile, name: string): Promise<Entry | null> {
  const stop = new AbortController();
  const { signal } = stop;
  try {
    const entry = once(zip, "entry", { signal }).then(([found]) => found as Entry);
    const end = once(zip, "end", { signal }).then(() => null);
    zip.readEntry();
    return await Promise.race([entry, end]);
  } catch (cause) {
    throw damaged(name, cause);
  } finally {
    stop.abort();
  }
}

/** The files of a zip archive in its order; each can be read until the next is asked for. */
export async function* zipMembers(source: TableSource, mostBytes: number): AsyncGenerator<Member> {
  const zip = await openZip(source, mostBytes);
  const { name } = source;
  try {
    for (let entry = await nextEntry(zip, name); entry !== null; entry = await nextEntry(zip, name)) {
      const one = entry;
      if (!one.fileName.endsWith("/"))
        yield { name: one.fileName, bytes: one.uncompressedSize, read: () => readEntry(zip, one, name, mostBytes) };
    }
  } finally {
    zip.close();
  }
}
