import { readYaml } from "../../src/catalogue/ingest/yaml-file";

const TEXT = `# a comment
name: one
parts:
  first:
    size: large
  second:
    - a
    - b
colour: red
`;
const reader = () => readYaml(TEXT, "a.yaml", "docs/page.md");
const parts = () => reader().object(["name", "parts", "colour"]).parts!;

test("an unknown key is told with the line on which it stands", () => {
  expect(() => reader().object(["name", "parts"])).toThrow(
    "a.yaml, line 9: the file has the unknown key 'colour'; known: name, parts. See docs/page.md.",
  );
  expect(() => parts().object(["first"])).toThrow("a.yaml, line 6: parts has the unknown key 'second'; known: first.");
});

test("a value of several lines is told with the line of its key", () => {
  expect(() => parts().object(["first", "second"]).first!.text()).toThrow("a.yaml, line 4: parts.first must be text");
});

test("a list's item is told with its own line", () => {
  expect(() => parts().object(["first", "second"]).second!.list("words")[1]!.number()).toThrow(
    "a.yaml, line 8: parts.second.1 must be a number, not 'b'.",
  );
});

test("a key that is not there is told with the line of what it should be in", () => {
  expect(() => parts().object(["first", "second", "third"]).third!.text()).toThrow("a.yaml, line 3: parts.third must be text, not absent.");
});

test("a fault that ends a sentence gets no second full stop", () => {
  expect(() => reader().fail("is wrong: there is no such thing.")).toThrow("the file is wrong: there is no such thing. See docs/page.md.");
});
