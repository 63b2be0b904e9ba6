import type { ApolloServer } from "@apollo/server";
import type { Database } from "../../src/database/database";
import { startApi } from "../../src/graphql/apollo";
import { type Context, requestContexts } from "../../src/graphql/context";
import { emptyNote } from "../../src/graphql/operation-note";
import type { Services } from "../../src/graphql/services";
import type { Registry } from "../../src/models/registry/registry";
import { type Lookup, lookedUp } from "../../src/telemetry/signals";
import { backfill } from "../../training/backfill/backfill";
import { openServices, type TestServices } from "../support/api-services";
import { DEMO_ONNX } from "../support/demo-features";
import { manifestDraft } from "../support/manifest";
import { insertNamedStars } from "../support/named-stars";
import { insertStars } from "../support/stars";

let services: TestServices;
let apollo: ApolloServer<Context>;
beforeAll(async () => {
  services = await openServices();
  await insertNamedStars(services.database);
  await insertStars(services.database, 5, 1001);
  ({ apollo } = await startApi());
});
afterAll(async () => {
  await apollo.stop();
  await services.close();
});

const log = { error: () => undefined };

/** Several requests that come in at once. */
async function askTogether(contexts: readonly Context[], query: string, variables: readonly Record<string, unknown>[]) {
  const answers = contexts.map(async (contextValue, index) => {
    const { body } = await apollo.executeOperation({ query, variables: variables[index] ?? {} }, { contextValue });
    if (body.kind !== "single") throw new Error("An answer in one piece was expected.");
    return body.singleResult;
  });
  return Promise.all(answers);
}

/** The same database, and the names of the statements that were run. */
function counted(database: Database): { database: Database; statements: string[] } {
  const statements: string[] = [];
  const prepared: Database["prepared"] = (name, sql, parameters) => {
    statements.push(name.replace(/-\d+$/, ""));
    return database.prepared(name, sql, parameters);
  };
  return { database: { ...database, prepared }, statements };
}

const contextsOf = (given: Services, count: number) => {
  const contextOf = requestContexts(given);
  return Array.from({ length: count }, (_, index) =>
    contextOf({ id: `request ${index}`, log, note: emptyNote(), gone: () => new AbortController().signal }),
  );
};

const STAR = "query ($id: SourceId!) { star(sourceId: $id) { sourceId ra surveyLabels { teff } crossmatches { objectId } } }";

test("eight requests that come in together are one statement for each thing they ask, and every one gets its own star", async () => {
  const { database, statements } = counted(services.database);
  const batches: Lookup[] = [];
  const ignore = lookedUp.hear((lookup) => batches.push(lookup));
  const contexts = contextsOf({ ...services, database }, 8);
  const ids = ["101", "102", "103", "104", "101", "102", "9", "104"];
  const answers = await askTogether(
    contexts,
    STAR,
    ids.map((id) => ({ id })),
  );
  expect(answers.map(({ data }) => (data?.star as { sourceId: string } | null)?.sourceId)).toEqual(
    ids.map((id) => (id === "9" ? undefined : id)),
  );
  expect(statements.toSorted()).toEqual(["crossmatches-of", "stars-by-ids", "survey-labels-of", "unlisted-stars-of"]);
  ignore();
  expect(batches.map(({ group, keys, loads }) => `${group} ${keys} ${loads}`).toSorted()).toEqual([
    "crossmatches 5 8",
    "star 5 8",
    "survey labels 5 8",
    // Of the one that is no star, whether anything else is known.
    "unlisted stars 1 1",
  ]);
});

test("only the columns that are selected are read, and those that a directive may add", async () => {
  const read: string[] = [];
  const prepared: Database["prepared"] = (name, sql, parameters) => {
    read.push(sql.split("FROM")[0]!.replace("SELECT NULL, ", "").trim());
    return services.database.prepared(name, sql, parameters);
  };
  const [context] = contextsOf({ ...services, database: { ...services.database, prepared } }, 1);
  const query =
    "query ($x: Boolean!) { stars(first: 1) { nodes { ...f } edges { node { ruwe } } } } fragment f on Star { parallax ra @skip(if: $x) dec @include(if: true) }";
  const [answer] = await askTogether(context ? [context] : [], query, [{ x: true }]);
  expect(answer?.errors).toBeUndefined();
  expect(read).toEqual(["s.source_id, s.ra, s.dec, s.parallax, s.ruwe"]);
});

test("what a request means by a name is its own, though its stars are read together with others'", async () => {
  const { database, statements } = counted(services.database);
  const first = await services.registry.register(manifestDraft(), DEMO_ONNX);
  await backfill(services.database, services.predictor, first, { release: 3, rangeSize: 5000 });
  const second = await services.registry.register(manifestDraft(), DEMO_ONNX);
  // A promotion between the two: the same name means another version to the later request.
  const meanings = [first, second];
  const registry = { resolve: async () => meanings.shift() } as unknown as Registry;
  const contexts = contextsOf({ ...services, database, registry }, 2);
  const query =
    'query ($id: SourceId!) { star(sourceId: $id) { prediction(model: "demo") { stored modelVersion { version } } again: prediction(model: "demo") { modelVersion { version } } } }';
  const answers = await askTogether(contexts, query, [{ id: "1001" }, { id: "1001" }]);
  expect(answers.map(({ data }) => data?.star)).toEqual([
    { prediction: { stored: true, modelVersion: { version: 1 } }, again: { modelVersion: { version: 1 } } },
    { prediction: { stored: false, modelVersion: { version: 2 } }, again: { modelVersion: { version: 2 } } },
  ]);
  expect(statements.filter((name) => name === "stars-by-ids")).toHaveLength(1);
});

test("what one request has loaded is not what another is given", () => {
  const [one, other] = contextsOf(services, 2);
  expect(one?.loaders(3)).toBe(one?.loaders(3));
  expect(one?.loaders(3)).not.toBe(other?.loaders(3));
  expect(one?.loaders(3).crossmatches).not.toBe(other?.loaders(3).crossmatches);
});

test("requests that a failed batch disappoints are each told their own request id", async () => {
  const prepared: Database["prepared"] = (name, sql, parameters) =>
    name.startsWith("survey-labels-of") ? Promise.reject(new Error("no labels today")) : services.database.prepared(name, sql, parameters);
  const contexts = contextsOf({ ...services, database: { ...services.database, prepared } }, 3);
  const answers = await askTogether(contexts, STAR, [{ id: "101" }, { id: "102" }, { id: "9" }]);
  expect(answers.map(({ data, errors }) => [data, errors?.map(({ extensions }) => extensions?.requestId)])).toEqual([
    [{ star: null }, ["request 0"]],
    [{ star: null }, ["request 1"]],
    [{ star: null }, undefined], // no such star: what was loaded ahead for it is of no concern
  ]);
});

test("what is written is in the next answer", async () => {
  const [before, after] = contextsOf(services, 2);
  const ask = async (context: Context | undefined) => (await askTogether(context ? [context] : [], STAR, [{ id: "103" }]))[0]?.data?.star;
  expect(await ask(before)).toMatchObject({ ra: 180, surveyLabels: [] });
  await services.database.script(
    "UPDATE star SET ra = 181 WHERE source_id = 103; INSERT INTO survey_label (catalogue_id, object_id, release, source_id, teff) VALUES (2, '2M3', 3, 103, 5000)",
  );
  expect(await ask(after)).toMatchObject({ ra: 181, surveyLabels: [{ teff: 5000 }] });
});
