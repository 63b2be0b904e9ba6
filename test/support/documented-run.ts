import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { PACKAGE_ROOT } from "../../src/config";

/** A block of commands of a document, and what it says that they print. */
export interface DocumentedStep {
  readonly commands: string;
  /** lines; `...` stands for any that are left out */
  readonly printed: readonly string[];
}

/** @returns the blocks marked sh, in order, each with the block marked text that follows at once */
export function documentedSteps(document: string): DocumentedStep[] {
  const text = readFileSync(path.join(PACKAGE_ROOT, document), "utf8");
  return [...text.matchAll(/^```sh\n(.*?)^```\n(?:```text\n(.*?)^```\n)?/gms)].map(([, commands = "", printed = ""]) => ({
    commands,
    printed: printed.split("\n").filter((line) => line.trim() !== ""),
  }));
}

/** `npx asterism` is what was built here, and a command that fails ends the block. */
const PRELUDE = 'set -e; npx() { shift; "$NODE" "$ASTERISM" "$@"; }\n';

/** Runs one block in a shell. @returns its exit status and what it wrote */
export function runDocumented(commands: string, cwd: string, environment: Readonly<Record<string, string>>) {
  const env = { ...process.env, NODE: process.execPath, ASTERISM: path.join(PACKAGE_ROOT, "dist/src/cli/main.js"), ...environment };
  const child = spawn("bash", ["-c", PRELUDE + commands], { cwd, env });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  return new Promise<{ status: number | null; stdout: string; stderr: string }>((resolve) =>
    child.once("close", (status) => resolve({ status, stdout, stderr })),
  );
}

const tokensOf = (line: string) =>
  line
    .trim()
    .split(/(-?\d+(?:\.\d+)?)|\s+/)
    .filter((token) => token !== undefined && token !== "");

/** Whole numbers and words are the same; fractions may differ in their last digits, as between processors. */
function isSame(documented: string, printed: string): boolean {
  if (documented === printed) return true;
  if (!/^-?\d+\.\d+$/.test(documented) || !/^-?\d+\.\d+$/.test(printed)) return false;
  const unit = 10 ** -(documented.split(".")[1] ?? "").length;
  return Math.abs(Number(documented) - Number(printed)) <= Math.max(2 * unit, 0.02 * Math.abs(Number(documented)));
}

function isSameLine(documented: string, printed: string): boolean {
  const [wanted, got] = [tokensOf(documented), tokensOf(printed)];
  return wanted.length === got.length && wanted.every((token, index) => isSame(token, got[index]!));
}

/** @returns the documented lines that were not printed, in order; lines beyond them are fine only where the document leaves some out */
export function undocumented(documented: readonly string[], stdout: string): string[] {
  const printed = stdout.split("\n").filter((line) => line.trim() !== "");
  const faults: string[] = [];
  let next = 0;
  let mayLeaveOut = false;
  for (const line of documented) {
    if (line === "...") {
      mayLeaveOut = true;
      continue;
    }
    const found = printed.findIndex((one, index) => index >= next && isSameLine(line, one));
    if (found === -1 || (!mayLeaveOut && found > next)) faults.push(line);
    else next = found + 1;
    mayLeaveOut = false;
  }
  if (faults.length === 0 && !mayLeaveOut && next < printed.length)
    faults.push(...printed.slice(next).map((line) => `not documented: ${line}`));
  return faults;
}
