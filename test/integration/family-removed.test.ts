import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PACKAGE_ROOT } from "../../src/config";

const FAMILY = "nearest";

let copy: string;
beforeAll(() => {
  copy = mkdtempSync(path.join(tmpdir(), "asterism-family-"));
  for (const name of ["src", "training", "package.json", "tsconfig.json"])
    cpSync(path.join(PACKAGE_ROOT, name), path.join(copy, name), { recursive: true });
  symlinkSync(path.join(PACKAGE_ROOT, "node_modules"), path.join(copy, "node_modules"));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** @returns what the compiler says of the copy; nothing if it builds */
function compile(): string {
  const compiler = path.join(PACKAGE_ROOT, "node_modules/typescript/bin/tsc");
  try {
    execFileSync(process.execPath, [compiler, "--noEmit", "--incremental", "false", "--tsBuildInfoFile", "null"], {
      cwd: copy,
      encoding: "utf8",
    });
    return "";
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout);
  }
}

test("a family is deleted by its folder and its lines in the list: the house builds without it", () => {
  const list = path.join(copy, "training/families/families.ts");
  rmSync(path.join(copy, "training/families", FAMILY), { recursive: true });
  // The list is what names it, and nothing else does.
  expect(compile()).toMatch(new RegExp(`^training/families/families.ts.*'\\./${FAMILY}/`));
  const lines = readFileSync(list, "utf8")
    .split("\n")
    .filter((line) => !line.includes(`"./${FAMILY}/`));
  writeFileSync(list, lines.join("\n").replace(new RegExp(`\\b${FAMILY}, |, ${FAMILY}\\b`), ""));
  expect(compile()).toBe("");
});
