import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildSchema, parse, validate } from "graphql";
import { prepareDemo } from "../../src/cli/demo";
import { loadConfig, PACKAGE_ROOT } from "../../src/config";
import type { Database } from "../../src/database/database";
import { MODALITIES } from "../../src/modalities/modalities";
import { Predictor } from "../../src/models/predictor";
import { Registry } from "../../src/models/registry/registry";
import type { App } from "../../src/server/app";
import { type Ask, openApi } from "../support/api";
import { openTestDatabase } from "../support/database";
import { differences } from "../support/printed-answer";

const read = (file: string) => readFileSync(path.join(PACKAGE_ROOT, file), "utf8");
const EXAMPLES = [...read("README.md").matchAll(/```graphql\n(.*?)```\n```json\n(.*?)```/gs)].map(([, query = "", answer = ""]) => ({
  query,
  answer: JSON.parse(answer) as unknown,
}));

test("the README shows five queries, each with its answer", () => {
  expect(EXAMPLES).toHaveLength(5);
  expect(read("README.md").match(/```graphql/g)).toHaveLength(5);
});

test.each(EXAMPLES)("the README's query is valid: $query", ({ query }) => {
  expect(validate(buildSchema(read("schema.graphql")), parse(query))).toEqual([]);
});

describe("On the demonstration's sky", () => {
  const config = loadConfig({ dataDir: mkdtempSync(path.join(tmpdir(), "asterism-readme-")), demoStars: 20_000, databaseUrl: null });
  let database: Database;
  let predictor: Predictor;
  let app: App;
  let ask: Ask;

  beforeAll(async () => {
    database = await openTestDatabase();
    await prepareDemo(database, config);
    const registry = new Registry(database, config.dataDir);
    predictor = new Predictor(registry, MODALITIES, config);
    ({ app, ask } = await openApi({ database, registry, predictor, version: "test", maxPageSize: 25 }));
  }, 900_000);
  afterAll(async () => {
    await app?.close();
    await predictor?.close();
    await database.close();
    rmSync(config.dataDir, { recursive: true, force: true });
  });

  test.each(EXAMPLES)("the README's query has the answer that the README prints: $query", async ({ query, answer }) => {
    const { data, errors } = await ask(query);
    expect(errors).toEqual([]);
    expect(differences(answer, data)).toEqual([]);
  });
});
