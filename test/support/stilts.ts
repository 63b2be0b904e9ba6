import { spawn, spawnSync } from "node:child_process";

const missing = spawnSync("stilts", ["-version"]).error !== undefined;

/** `test` where STILTS is installed, a skipped one that says so where it is not. */
export const testWithStilts: typeof test.skip = missing
  ? Object.assign(
      (name: string) => test.skip(`${name} (skipped: stilts is not installed; Debian has it as stilts)`, () => undefined),
      test.skip,
    )
  : test;

/** Runs STILTS beside this process, whose server it may ask. @returns what it printed and whether it was content */
export function stilts(...args: string[]): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn("stilts", args, { stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, output: Buffer.concat(chunks).toString() }));
  });
}
