import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { AppError } from "../../errors";

/** [byte] A million ids with 250 bytes of other columns each. */
export const MAX_UPLOAD_BYTES = 256 * 2 ** 20;

const tooLarge = () =>
  new AppError(
    "BAD_INPUT",
    `A file of at most ${MAX_UPLOAD_BYTES / 2 ** 20} MiB is read. Send the column of ids alone, compressed, or in several files.`,
  );

/** The connection is kept for the answer: a body that is not read to its end is let run out. */
async function* bounded(body: IncomingMessage): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MAX_UPLOAD_BYTES) throw tooLarge();
      yield chunk;
    }
  } finally {
    body.resume();
  }
  if (bytes === 0) throw new AppError("BAD_INPUT", "The request has no body. Send the file itself, as with `curl --data-binary @ids.csv`.");
}

/**
 * Keeps a request's body as a file while it is worked with: a Parquet file's directory is at its end, and on disk a
 * million ids cost no memory.
 *
 * @throws AppError BAD_INPUT where it is empty or too large
 */
export async function withUpload<T>(body: IncomingMessage, work: (file: string) => Promise<T>): Promise<T> {
  if (Number(body.headers["content-length"] ?? 0) > MAX_UPLOAD_BYTES) throw tooLarge();
  const folder = await mkdtemp(path.join(tmpdir(), "asterism-lookup-"));
  try {
    const file = path.join(folder, "upload");
    await pipeline(bounded(body), createWriteStream(file));
    return await work(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
