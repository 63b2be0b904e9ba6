import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { COMMANDS } from "../../src/cli/commands";
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

/** What a command's file says where the packages that are optional, or the code that trains, are not installed. */
function loadedWithout(hidden: string): string[] {
  const script = `const Module = require("node:module");
    const resolve = Module._resolveFilename;
    Module._resolveFilename = function (name, ...rest) {
      const found = resolve.call(this, name, ...rest);
      if (new RegExp(process.argv[1]).test(found)) throw Object.assign(new Error("hidden: " + found), { code: "MODULE_NOT_FOUND" });
      return found;
    };
    const { COMMANDS } = require(${JSON.stringify(path.join(CLI, "commands.js"))});
    const able = async (name) => COMMANDS[name]().then(() => name, ({ message }) => (message.startsWith("hidden") ? null : message));
    void Promise.all(Object.keys(COMMANDS).map(able)).then((names) => console.log(JSON.stringify(names.filter(Boolean))));`;
  return JSON.parse(execFileSync(process.execPath, ["-e", script, hidden], { encoding: "utf8" })) as string[];
}

const { optionalDependencies } = JSON.parse(readFileSync(path.join(PACKAGE_ROOT, "package.json"), "utf8")) as {
  optionalDependencies: Record<string, string>;
};

test("all commands but train and study do without the packages that are optional, as in the container's image", () => {
  const able = loadedWithout(`/node_modules/(${Object.keys(optionalDependencies).join("|")})/`);
  expect(Object.keys(COMMANDS).filter((name) => !able.includes(name))).toEqual(["study", "train"]);
});

test("a server and what looks after its data do without the code that trains", () => {
  const able = loadedWithout("/dist/training/");
  expect(able).toEqual(expect.arrayContaining(["serve", "status", "ingest", "migrate", "export", "lookup", "models", "check", "backup"]));
  expect(able).not.toContain("train");
});

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
