import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PACKAGE_ROOT } from "../../src/config";
import { lockFolder } from "../../src/database/folder-lock";
import { temporaryFolder } from "../support/table-files";

const { path: root } = temporaryFolder();
const LOCK_FILE = path.join(PACKAGE_ROOT, "dist/src/database/folder-lock.js");

/** Lays claims as processes that are gone left them. */
function leaveClaims(folder: string, ...claims: string[]): void {
  mkdirSync(`${folder}.claims`);
  for (const claim of claims) writeFileSync(path.join(`${folder}.claims`, claim), "");
}

test("a locked folder is refused, in the same process too, until it is released", async () => {
  const folder = path.join(root, "one");
  const release = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining(`process ${process.pid}`) });
  await release();
  await (await lockFolder(folder))();
  expect(readdirSync(`${folder}.claims`)).toEqual([]);
});

test("claims of dead processes are struck off, also where a living process has the same id", async () => {
  const folder = path.join(root, "dead");
  const dead = spawnSync(process.execPath, ["--version"]).pid;
  leaveClaims(folder, `${dead}_-_00`, `${process.pid}_1_00`, ...(process.platform === "linux" ? [`${process.ppid}_1_00`] : []));
  await (await lockFolder(folder))();
  expect(readdirSync(`${folder}.claims`)).toEqual([]);
});

test("of processes that start at once on a dead one's folder, one alone gets it", async () => {
  const folder = path.join(root, "race");
  leaveClaims(folder, `${spawnSync(process.execPath, ["--version"]).pid}_-_00`);
  const script = `require(${JSON.stringify(LOCK_FILE)}).lockFolder(${JSON.stringify(folder)})
    .then(() => { console.log("has it"); process.stdin.resume(); }, (error) => console.log(error.code))`;
  const contenders = Array.from({ length: 4 }, () => spawn(process.execPath, ["-e", script]));
  const said = await Promise.all(
    contenders.map(
      ({ stdout }) => new Promise<string>((resolve) => stdout.once("data", (text: Buffer) => resolve(text.toString().trim()))),
    ),
  );
  expect(said.filter((line) => line === "has it").length).toBeLessThanOrEqual(1);
  expect(said.filter((line) => line === "CONFLICT").length).toBeGreaterThanOrEqual(3);
  for (const { stdin } of contenders) stdin.end();
});
