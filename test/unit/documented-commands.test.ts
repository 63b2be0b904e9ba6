import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { defineCommands } from "../../src/cli/define-commands";
import { PACKAGE_ROOT } from "../../src/config";
import { EXIT_STATUS } from "../../src/errors";

/** Every document for readers, by its path from the root. */
const DOCUMENTS = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "infra/README.md"].concat(
  (readdirSync(path.join(PACKAGE_ROOT, "docs"), { recursive: true }) as string[])
    .filter((name) => name.endsWith(".md"))
    .map((name) => path.join("docs", name)),
);

const program = new Command("asterism");
beforeAll(() => defineCommands(program, []));

const { scripts } = JSON.parse(readFileSync(path.join(PACKAGE_ROOT, "package.json"), "utf8")) as { scripts: Record<string, string> };

/** Stands for what a reader puts in its place. */
const PLACEHOLDER = "WORD";

/** What is set as code: fenced blocks by their lines, and inline code. */
function codeOf(document: string): string[] {
  const text = readFileSync(path.join(PACKAGE_ROOT, document), "utf8");
  const blocks = [...text.matchAll(/^```\w*\n(.*?)^```/gms)].flatMap(([, block = ""]) => block.split("\n"));
  const prose = text.replace(/^```.*?^```/gms, "");
  return [...blocks, ...[...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code)];
}

/** @returns what is wrong with a command line of asterism's; null where nothing is */
function faultOf(words: readonly string[], command: Command = program): string | null {
  const [word = PLACEHOLDER, ...rest] = words;
  if (command.commands.length > 0) {
    const below = command.commands.find((one) => one.name() === word);
    if (below) return faultOf(rest, below);
    // `train` takes a study, or a recipe as a command below it.
    if (command.registeredArguments.length === 0) return word === PLACEHOLDER ? null : `there is no ${command.name()} ${word}`;
  }
  const options = ["--help", ...command.options.map(({ long }) => long)];
  const unknown = words.find((one) => one.startsWith("--") && !options.includes(one));
  return unknown === undefined ? null : `${command.name()} takes no ${unknown}`;
}

/** What the first start prints, which begins as a command does. */
const OUTPUT = "asterism is ready.";

/** Without remarks and brackets, and with a word in the place of each `<placeholder>`. */
const lines = DOCUMENTS.flatMap((document) =>
  codeOf(document)
    .filter((code) => code !== OUTPUT)
    .map((code) => ({
      document,
      code: code
        .replace(/\s#.*$/, "")
        .replace(/<[\w. -]+>/g, PLACEHOLDER)
        .replace(/[[\]]/g, " "),
    })),
);

test("every command of asterism that a document shows exists, with its options", () => {
  const shown = lines.flatMap(({ document, code }) =>
    [...code.matchAll(/(?:^|npx |\$ )asterism ([a-z][^|>&;`]*)/g)].map(([, rest = ""]) => ({ document, words: rest.trim().split(/\s+/) })),
  );
  const faults = shown.flatMap(({ document, words }) => {
    const fault = faultOf(words);
    return fault === null ? [] : [`${document}: asterism ${words.join(" ")}: ${fault}`];
  });
  expect(shown.length).toBeGreaterThan(40);
  expect(faults).toEqual([]);
});

test("every npm script that a document shows exists", () => {
  const shown = lines.flatMap(({ document, code }) =>
    [...code.matchAll(/npm run ([a-z][\w:-]*\w)(?![\w:*-])/g)].map(([, name = ""]) => ({ document, name })),
  );
  expect(shown.length).toBeGreaterThan(20);
  expect(shown.filter(({ name }) => !(name in scripts))).toEqual([]);
});

test("every test that a document names exists", () => {
  const shown = lines.flatMap(({ code }) => [...code.matchAll(/\b(?:dist\/)?(test\/[\w/-]+\.test)\.[jt]s/g)].map(([, name = ""]) => name));
  expect(shown.filter((name) => !existsSync(path.join(PACKAGE_ROOT, `${name}.ts`)))).toEqual([]);
});

test("the documented exit statuses are those of the code", () => {
  const text = readFileSync(path.join(PACKAGE_ROOT, "docs/operations.md"), "utf8");
  const rows = [...text.matchAll(/^\| (\d+) \| ([A-Z_]+) \|/gm)].map(([, status, code]) => [code, Number(status)]);
  expect(Object.fromEntries(rows)).toEqual(EXIT_STATUS);
});
