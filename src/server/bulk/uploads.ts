import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { AppError } from "../../errors";
import type { Pace } from "./pace";

/** [byte] A million ids with 250 bytes of other columns each. */
export const MAX_UPLOAD_BYTES = 256 * 2 ** 20;

/** [byte] On disk at once, of all clients: four files of the largest size, or fifty with a million ids each. */
const MAX_KEPT_BYTES = 4 * MAX_UPLOAD_BYTES;

const tooLarge = () =>
  new AppError(
    "BAD_INPUT",
    `A file of at most ${MAX_UPLOAD_BYTES / 2 ** 20} MiB is read. Send the column of ids alone, compressed, or in several files.`,
  );

/** Uploaded files on disk. A body must arrive within a minute (the server's `requestTimeout`). */
export class Uploads {
  /** [byte] on disk */
  private kept = 0;

  /** @param mostKept [byte] on disk at once */
  constructor(private readonly mostKept = MAX_KEPT_BYTES) {}

  /**
   * Saves a request's body to a temporary file for the duration of `work`: Parquet has its directory at the end of the file, and
   * a large body does not fill the memory.
   *
   * @param pace of the client
   * @throws AppError BAD_INPUT if the body is empty or too large, OVERLOADED if there is no room for it
   */
  async with<T>(body: IncomingMessage, pace: Pace, work: (file: string) => Promise<T>): Promise<T> {
    if (Number(body.headers["content-length"] ?? 0) > MAX_UPLOAD_BYTES) throw tooLarge();
    const folder = await mkdtemp(path.join(tmpdir(), "asterism-lookup-"));
    let bytes = 0;
    const count = (more: number) => {
      bytes += more;
      this.kept += more;
      pace.moved(more);
      if (bytes > MAX_UPLOAD_BYTES) throw tooLarge();
      if (this.kept > this.mostKept) throw new AppError("OVERLOADED", "There is no room for more uploads. Try again in a minute.");
    };
    try {
      const file = path.join(folder, "upload");
      pace.waits();
      await pipeline(counted(body, count), createWriteStream(file));
      pace.rests();
      if (bytes === 0)
        throw new AppError("BAD_INPUT", "The request has no body. Send the file itself, as with `curl --data-binary @ids.csv`.");
      return await work(file);
    } finally {
      this.kept -= bytes;
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** Keeps the connection open for the answer, and discards the rest of a body that is not read to its end. */
async function* counted(body: IncomingMessage, count: (bytes: number) => void): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      count(chunk.length);
      yield chunk;
    }
  } finally {
    body.resume();
  }
}
