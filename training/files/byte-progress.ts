import { stat } from "node:fs/promises";

/** How far a long piece of work is; `note` names the unit. */
export type OnProgress = (done: number, total: number, note?: string) => void;

/** Counts the bytes of several files as one piece of work. */
export async function byteProgress(files: readonly string[], onProgress: OnProgress) {
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let read = 0;
  return (chunk: Uint8Array) => {
    read += chunk.length;
    onProgress(read, total, "bytes");
  };
}
