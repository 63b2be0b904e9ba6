import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";

/** Contenders that meet step back and try again after a random while [ms]: of two starts at once one gets the place. */
const TRIES = 5;
const LONGEST_PAUSE_MS = 40;

/** What this process holds or contends with: its own id in another name is a dead process's, whose id came again. */
const ours = new Set<string>();

/**
 * When a process started, so that a process which got a dead owner's id is not taken for the owner: in clock ticks
 * since boot (field 22 of Linux's /proc/<pid>/stat, of which the second may hold blanks); `-` where it cannot be known.
 */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "-";
  } catch {
    return "-";
  }
}

function isAlive(claim: string): boolean {
  const [pid, start] = claim.split("_");
  const owner = Number(pid);
  if (owner === process.pid) return ours.has(claim);
  try {
    process.kill(owner, 0); // signal 0 tests without sending anything
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const now = startOf(owner);
  return start === "-" || now === "-" || start === now;
}

/** Strikes off dead processes' claims. @returns those of living ones, but for our own */
function rivals(claims: string, own: string): string[] {
  const others = readdirSync(claims).filter((claim) => claim !== own);
  const living = others.filter(isAlive);
  for (const dead of others.filter((claim) => !living.includes(claim))) rmSync(path.join(claims, dead), { force: true });
  return living;
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? "";

/** Writes the claim; tries again if another process has just removed the folder with the last claim in it. */
function lay(claims: string, own: string): void {
  for (;;) {
    try {
      mkdirSync(claims);
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
    try {
      writeFileSync(path.join(claims, own), "");
      return;
    } catch (error) {
      if (codeOf(error) !== "ENOENT") throw error;
    }
  }
}

/** Removes the claim, and the folder with the last claim. */
function takeBack(claims: string, own: string): void {
  rmSync(path.join(claims, own), { force: true });
  try {
    rmdirSync(claims);
  } catch (error) {
    if (!["ENOTEMPTY", "EEXIST", "ENOENT"].includes(codeOf(error))) throw error;
  }
}

/**
 * Locks a path, of a file or a folder, for this process. Every contender lays a claim, a file of its own in `<place>.claims/`
 * whose name says who it is, and has the lock if it then sees no other living claim. Names are never used twice, so a claim
 * that a killed process left (kill -9, power cut) can be struck off by anyone at any time without hitting a fresh one.
 *
 * @param taken makes the error from the id of the process that has the lock
 * @returns the release
 * @throws the error of `taken`, or Node's if the claim cannot be written next to the path
 */
export async function lockPlace(place: string, taken: (processId: string) => Error): Promise<() => void> {
  const claims = `${place}.claims`;
  const own = `${process.pid}_${startOf(process.pid)}_${randomBytes(8).toString("hex")}`;
  const release = () => {
    takeBack(claims, own);
    ours.delete(own);
  };
  for (let left = TRIES; ; left--) {
    lay(claims, own);
    ours.add(own);
    const [rival] = rivals(claims, own);
    if (rival === undefined) return release;
    release();
    if (left === 1) throw taken(rival.split("_")[0]!);
    await setTimeout(Math.random() * LONGEST_PAUSE_MS);
  }
}
