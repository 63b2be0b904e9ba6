import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { PACKAGE_ROOT } from "../../../../src/config";
import { FUNCTIONS } from "../../../../training/values/expressions/functions";
import { compiled, type ListedInput } from "../../../support/study-inputs";

const PAGE = readFileSync(path.join(PACKAGE_ROOT, "docs/expressions.md"), "utf8");

test("the page on expressions lists every function, and no other", () => {
  const listed = [...PAGE.matchAll(/^\| `(.*?)` \| (.*) \|$/gm)].map(([, usage, summary]) => [usage, summary]);
  expect(listed).toEqual(Object.values(FUNCTIONS).map(({ usage, summary }) => [usage, summary]));
});

test("the inputs that the page shows can be compiled", () => {
  const [, example] = /```yaml\n(inputs:.*?)```/s.exec(PAGE)!;
  const { inputs } = parse(example!) as { inputs: ListedInput[] };
  expect(compiled(inputs).inputs.map(({ name, unit }) => [name, unit])).toEqual([
    ["bp - rp", "mag"],
    ["g - ks", "mag"],
    ["M_K", "mag"],
    ["M_K0", "mag"],
    ["J-H", "mag"],
    ["error(skymapper_u)", "mag"],
    ["log10(parallax)", "dex"],
  ]);
});
