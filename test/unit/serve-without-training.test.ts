import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PACKAGE_ROOT } from "../../src/config";

const CLI = path.join(PACKAGE_ROOT, "dist/src/cli");

/** Files of the training code that are loaded together with a file. */
function trainingLoadedBy(file: string): string[] {
  const script = `require(${JSON.stringify(path.join(CLI, file))});
    console.log(JSON.stringify(Object.keys(require.cache).filter((name) => name.includes("/dist/training/"))));`;
  return JSON.parse(execFileSync(process.execPath, ["-e", script], { encoding: "utf8" })) as string[];
}

test.each(["serve.js", "models.js", "status.js", "export.js", "lookup.js", "migrate.js", "schema.js", "define-commands.js"])(
  "%s loads no training code",
  (file) => {
    expect(trainingLoadedBy(file)).toEqual([]);
  },
);

test("a command that trains does load it", () => {
  expect(trainingLoadedBy("backfill.js")).not.toEqual([]);
});

test("the version is told without loading any command", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "asterism-version-"));
  const watch = `process.on("exit", () => console.log(Object.keys(require.cache).filter((name) => name.includes("/dist/src/")).length))`;
  const printed = execFileSync(
    process.execPath,
    ["-e", `process.argv.splice(1, 0, "asterism"); ${watch}; require(${JSON.stringify(path.join(CLI, "main.js"))})`, "--", "--version"],
    {
      encoding: "utf8",
      cwd: folder,
    },
  );
  rmSync(folder, { recursive: true });
  const [version, files] = printed.trim().split("\n");
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(Number(files)).toBeLessThan(20);
});
