import { readFileSync } from "node:fs";
import path from "node:path";
import { getNamedType, isObjectType } from "graphql";
import { PACKAGE_ROOT } from "../../src/config";
import { buildApi, schemaText } from "../../src/graphql/schema";

test("schema.graphql is what the code says (npm run schema writes it)", () => {
  expect(readFileSync(path.join(PACKAGE_ROOT, "schema.graphql"), "utf8")).toBe(schemaText());
});

test("every number of the API says its unit, or that it counts something", () => {
  const types = Object.values(buildApi().getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith("__"));
  const silent = types.flatMap((type) =>
    Object.values(isObjectType(type) ? type.getFields() : {})
      .filter((field) => ["Float", "Int"].includes(getNamedType(field.type).name) && !field.description)
      .map((field) => `${type.name}.${field.name}`),
  );
  expect(silent).toEqual([]);
});
