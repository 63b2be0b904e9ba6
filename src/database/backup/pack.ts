import { createReadStream, createWriteStream } from "node:fs";
import { readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { BLOCK, padding, tarHeader } from "./tar";

/** Locks and half-made things, which mean nothing in another place. */
const isPassing = (name: string): boolean => /\.(claims|unfinished|partial)(\/|$)/.test(name) || name.endsWith("postmaster.pid");

/** @returns the files below a folder, sorted, and the empty folders, which PostgreSQL needs too, with a slash at their end */
async function contentsOf(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = found.map((one) => ({ one, name: path.relative(folder, path.join(one.parentPath, one.name)).split(path.sep).join("/") }));
  return names
    .filter(({ name }) => !isPassing(name))
    .flatMap(({ one, name }) => (one.isFile() ? [name] : one.isDirectory() ? [`${name}/`] : []))
    .sort();
}

async function* tarOf(folder: string, names: readonly string[]): AsyncGenerator<Buffer> {
  for (const name of names) {
    if (name.endsWith("/")) {
      yield tarHeader({ name, size: 0 });
      continue;
    }
    const file = path.join(folder, name);
    const { size } = await stat(file);
    yield tarHeader({ name, size });
    if (size > 0) yield* createReadStream(file) as AsyncIterable<Buffer>;
    yield padding(size);
  }
  yield Buffer.alloc(2 * BLOCK);
}

/**
 * Writes a folder to one compressed file, which appears whole or not at all.
 *
 * @returns number of files and folders
 */
export async function pack(folder: string, file: string): Promise<number> {
  const names = await contentsOf(folder);
  const partial = `${file}.partial`;
  try {
    await pipeline(tarOf(folder, names), createGzip({ level: 1 }), createWriteStream(partial, { flush: true }));
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  return names.length;
}
