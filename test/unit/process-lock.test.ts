import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PACKAGE_ROOT } from "../../src/config";
import { lockPlace } from "../../src/database/process-lock";
import { temporaryFolder } from "../support/table-files";

const { path: root } = temporaryFolder();
const LOCK_FILE = path.join(PACKAGE_ROOT, "dist/src/database/process-lock.js");

const lock = (place: string) => lockPlace(place, (processId) => new Error(`taken by ${processId}`));

/** Lays claims as processes that are gone left them. */
function leaveClaims(folder: string, ...claims: string[]): void {
  mkdirSync(`${folder}.claims`);
  for (const claim of claims) writeFileSync(path.join(`${folder}.claims`, claim), "");
}

test("a locked place is refused, in the same process too, until it is released", async () => {
  const folder = path.join(root, "one");
  const release = await lock(folder);
  await expect(lock(folder)).rejects.toThrow(`taken by ${process.pid}`);
  release();
  (await lock(folder))();
  expect(readdirSync(root)).toEqual([]);
});

test("claims of dead processes are struck off, also where a living process has the same id", async () => {
  const folder = path.join(root, "dead");
  const dead = spawnSync(process.execPath, ["--version"]).pid;
  leaveClaims(folder, `${dead}_-_00`, `${process.pid}_1_00`, ...(process.platform === "linux" ? [`${process.ppid}_1_00`] : []));
  (await lock(folder))();
  expect(existsSync(`${folder}.claims`)).toBe(false);
});

test("of processes that start at once on a dead one's place, one alone gets it", async () => {
  const folder = path.join(root, "race");
  leaveClaims(folder, `${spawnSync(process.execPath, ["--version"]).pid}_-_00`);
  const script = `require(${JSON.stringify(LOCK_FILE)}).lockPlace(${JSON.stringify(folder)}, () => new Error("taken"))
    .then(() => { console.log("has it"); process.stdin.resume(); }, (error) => console.log(error.message))`;
  const contenders = Array.from({ length: 4 }, () => spawn(process.execPath, ["-e", script]));
  const said = await Promise.all(
    contenders.map(
      ({ stdout }) => new Promise<string>((resolve) => stdout.once("data", (text: Buffer) => resolve(text.toString().trim()))),
    ),
  );
  expect(said.filter((line) => line === "has it").length).toBeLessThanOrEqual(1);
  expect(said.filter((line) => line === "taken").length).toBeGreaterThanOrEqual(3);
  for (const { stdin } of contenders) stdin.end();
});
