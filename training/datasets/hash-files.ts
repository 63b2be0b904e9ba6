import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";

/** @returns sha256 of the files' bytes, one after the other */
export async function hashFiles(files: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const file of files) {
    await pipeline(createReadStream(file), async (bytes) => {
      for await (const chunk of bytes) hash.update(chunk as Uint8Array);
    });
  }
  return hash.digest("hex");
}
