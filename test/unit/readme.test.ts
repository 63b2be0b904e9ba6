import { readFileSync } from "node:fs";
import path from "node:path";
import { buildSchema, parse, validate } from "graphql";
import { PACKAGE_ROOT } from "../../src/config";

const read = (file: string) => readFileSync(path.join(PACKAGE_ROOT, file), "utf8");
const queries = [...read("README.md").matchAll(/```graphql\n(.*?)```/gs)].map(([, query = ""]) => query);

test.each(queries)("the README's query is valid: %s", (query) => {
  expect(validate(buildSchema(read("schema.graphql")), parse(query))).toEqual([]);
});

test("the README shows five queries", () => {
  expect(queries).toHaveLength(5);
});
