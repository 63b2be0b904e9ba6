import { createReadStream } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import path from "node:path";
import { createGunzip } from "node:zlib";
import { AppError } from "../../errors";
import { BLOCK, padding, readTarHeader, type TarEntry } from "./tar";

const damaged = (file: string, what: string, cause?: unknown) =>
  new AppError("BAD_INPUT", `${file} is not a complete backup: ${what}. Take another one; \`asterism backup\` makes them.`, { cause });

/** Bytes of a stream, in portions of any size. */
class Bytes {
  private rest: Buffer = Buffer.alloc(0);
  private readonly source: AsyncIterator<Buffer>;

  constructor(
    source: AsyncIterable<Buffer>,
    private readonly file: string,
  ) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** @returns up to so many bytes, at least one */
  async some(most: number): Promise<Buffer> {
    while (this.rest.length === 0) {
      const { value, done } = await this.next();
      if (done) throw damaged(this.file, "it ends early");
      this.rest = value;
    }
    const taken = this.rest.subarray(0, most);
    this.rest = this.rest.subarray(taken.length);
    return taken;
  }

  async exactly(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let left = length; left > 0; ) {
      const part = await this.some(left);
      parts.push(part);
      left -= part.length;
    }
    return Buffer.concat(parts);
  }

  /** Reads to the end, where the compression's checksum stands. */
  async finish(): Promise<void> {
    while (!(await this.next()).done);
  }

  private async next(): Promise<IteratorResult<Buffer, undefined>> {
    try {
      return await this.source.next();
    } catch (cause) {
      throw damaged(this.file, (cause as Error).message, cause);
    }
  }
}

/** A name that leads out of the folder is not followed. */
function placeOf(folder: string, { name }: TarEntry, file: string): string {
  const place = path.resolve(folder, name);
  if (name === "" || !place.startsWith(path.resolve(folder) + path.sep)) throw damaged(file, `it holds the name '${name}'`);
  return place;
}

async function writeEntry(bytes: Bytes, place: string, { size }: TarEntry): Promise<void> {
  await mkdir(path.dirname(place), { recursive: true });
  const handle = await open(place, "wx", 0o600);
  try {
    for (let left = size; left > 0; ) {
      const part = await bytes.some(left);
      await handle.writeFile(part);
      left -= part.length;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  await bytes.exactly(padding(size).length);
}

/**
 * Writes what a backup holds into a folder.
 *
 * @returns number of files and folders
 * @throws AppError BAD_INPUT if the file is not a backup, or damaged or cut
 */
export async function unpack(file: string, folder: string): Promise<number> {
  const input = createReadStream(file);
  const unzipped = input.pipe(createGunzip());
  input.once("error", (error) => unzipped.destroy(error));
  const bytes = new Bytes(unzipped as AsyncIterable<Buffer>, file);
  for (let count = 0; ; count++) {
    const entry = readTarHeader(await bytes.exactly(BLOCK));
    if (entry === undefined) throw damaged(file, "one of its headers is wrong");
    if (entry === null) {
      await bytes.finish();
      return count;
    }
    const place = placeOf(folder, entry, file);
    if (entry.name.endsWith("/")) await mkdir(place, { recursive: true });
    else await writeEntry(bytes, place, entry);
  }
}
