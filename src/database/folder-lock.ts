import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { AppError } from "../errors";
import { makeFolder } from "../make-folder";

/** Contenders that meet step back and try again after a random while [ms]: of two starts at once one gets the folder. */
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

/**
 * Takes a folder for this process. Every contender lays a claim, a file of its own in `<folder>.claims/` whose name says
 * who it is, and has the folder if it then sees no other living claim. Names are never used twice, so a claim that a
 * killed process left (kill -9, power cut) can be struck off by anyone at any time without hitting a fresh one.
 *
 * @returns the release
 * @throws AppError CONFLICT naming the process that has it, BAD_INPUT where the folder cannot be made
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const claims = `${folder}.claims`;
  makeFolder(claims);
  const own = `${process.pid}_${startOf(process.pid)}_${randomBytes(8).toString("hex")}`;
  const release = async () => {
    rmSync(path.join(claims, own), { force: true });
    ours.delete(own);
  };
  for (let left = TRIES; ; left--) {
    ours.add(own);
    writeFileSync(path.join(claims, own), "");
    const [rival] = rivals(claims, own);
    if (rival === undefined) return release;
    await release();
    if (left === 1)
      throw new AppError(
        "CONFLICT",
        `The embedded database ${folder} is open in process ${rival.split("_")[0]}, and takes one process at a time. Stop that process, set ASTERISM_DATA_DIR to another folder, or use PostgreSQL through DATABASE_URL.`,
      );
    await setTimeout(Math.random() * LONGEST_PAUSE_MS);
  }
}
