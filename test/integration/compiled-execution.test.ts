import type { ApolloServer } from "@apollo/server";
import type { GraphQLFormattedError } from "graphql";
import type { Database } from "../../src/database/database";
import { startApi } from "../../src/graphql/apollo";
import { type Context, requestContexts } from "../../src/graphql/context";
import type { Engine } from "../../src/graphql/execution/compiled-queries";
import { emptyNote } from "../../src/graphql/operation-note";
import { cacheUsed } from "../../src/telemetry/signals";
import { backfill } from "../../training/backfill/backfill";
import { openServices, type TestServices } from "../support/api-services";
import { DEMO_ONNX } from "../support/demo-features";
import { manifestDraft } from "../support/manifest";
import { BRIGHT_STAR, insertNamedStars } from "../support/named-stars";
import { insertStars } from "../support/stars";

let services: TestServices;
let apollo: ApolloServer<Context>;
let engines: Engine[] = [];
beforeAll(async () => {
  services = await openServices();
  await insertNamedStars(services.database);
  await insertStars(services.database, 5, 1000);
  const version = await services.registry.register(manifestDraft(), DEMO_ONNX);
  await backfill(services.database, services.predictor, version, { release: 3, rangeSize: 5000 });
  await insertStars(services.database, 3, 2001);
  cacheUsed.hear(({ cache, hit }) => cache === "compiled" && engines.push(hit ? "compiled" : "interpreted"));
  ({ apollo } = await startApi());
});
afterAll(async () => {
  await apollo.stop();
  await services.close();
});

interface Question {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
  /** statements that fail, by the beginning of their name */
  readonly failing?: string;
  /** what cannot be compiled, or is refused before anything runs */
  readonly interpreted?: true;
}

function failing(database: Database, name: string): Database {
  return {
    ...database,
    prepared: (statement, sql, parameters) =>
      statement.startsWith(name) ? Promise.reject(new Error(`secret of ${statement}`)) : database.prepared(statement, sql, parameters),
  };
}

const inOrderOfPath = (errors: readonly GraphQLFormattedError[] = []) => errors.map((error) => JSON.stringify(error)).sort();

async function answer({ query, variables, operationName, failing: statement }: Question) {
  const database = statement === undefined ? services.database : failing(services.database, statement);
  const log: string[] = [];
  const contextOf = requestContexts({ ...services, database });
  const contextValue = contextOf({
    id: "one-id",
    log: { error: (_details, message) => log.push(message) },
    note: emptyNote(),
    gone: () => new AbortController().signal,
  });
  const request = { query, ...(variables && { variables }), ...(operationName && { operationName }) };
  const { body, http } = await apollo.executeOperation(request, { contextValue });
  if (body.kind !== "single") throw new Error("An answer in one piece was expected.");
  return { status: http.status, data: body.singleResult.data, errors: inOrderOfPath(body.singleResult.errors), log };
}

const STAR = `query Star($id: SourceId!) { star(sourceId: $id) {
  release sourceId __typename synthetic ra dec parallax ruwe photVariableFlag
  surveyLabels { survey teff feh flags abundances { name value error } } crossmatches { catalogue objectId separation } photometry { band mag } } }`;
const PAGE = `query ($n: Int = 3, $after: String, $order: StarOrder = { by: PHOT_G_MEAN_MAG }, $filter: StarFilter) {
  stars(first: $n, after: $after, order: $order, filter: $filter) {
    nodes { ...short surveyLabels(survey: "apogee-test") { teff } } edges { cursor node { ...short } } pageInfo { hasNextPage endCursor } } }
  fragment short on Star { sourceId photGMeanMag }`;
const PREDICTIONS = `query ($ids: [SourceId!]!, $model: String!) { starsByIds(sourceIds: $ids) { sourceId
  prediction(model: $model) { stored unpredicted inputsMissing modelVersion { model version aliases } labels { parameter value uncertainty unit flags } }
  predictedLabels(model: $model) { value } all: predictedLabels(parameter: "teff") { value modelVersion { version } } } }`;
const TWO = "query First { status { version } } query Second { catalogues { name bands } }";

test.each<[string, Question]>([
  ["a star by its id as a text", { query: STAR, variables: { id: `${BRIGHT_STAR}` } }],
  ["a star by its id as a number", { query: STAR, variables: { id: 102 } }],
  ["an id that JSON has rounded", { query: STAR, variables: { id: 6917528997577384000 }, interpreted: true }],
  ["an id that is missing", { query: STAR, interpreted: true }],
  ["a star by its id as a literal", { query: `{ star(sourceId: ${BRIGHT_STAR}) { sourceId ra } }`, interpreted: true }],
  ["a star that is not there", { query: STAR, variables: { id: "9" } }],
  ["a star with labels that fail", { query: STAR, variables: { id: "102" }, failing: "survey-labels" }],
  ["a star that fails", { query: STAR, variables: { id: "102" }, failing: "stars-by-ids" }],
  ["a star with all of its lists failing", { query: STAR, variables: { id: "102" }, failing: "" }],
  [
    "stars of several releases by alias",
    {
      query:
        "query ($id: SourceId!) { two: star(sourceId: $id, release: DR2) { release ra } three: star(sourceId: $id) { release dec: ra } }",
      variables: { id: "101" },
    },
  ],
  [
    "stars by ids, some unknown, some repeated",
    {
      query: 'query ($ids: [SourceId!]!) { starsByIds(sourceIds: $ids) { sourceId photometry(catalogue: "skymapper-test") { mag } } }',
      variables: { ids: ["104", 9, `${BRIGHT_STAR}`, "104"] },
    },
  ],
  [
    "a list whose stars fail one by one",
    {
      query: "query ($ids: [SourceId!]!) { starsByIds(sourceIds: $ids) { sourceId crossmatches { method } } }",
      variables: { ids: ["104", "102"] },
      failing: "crossmatches",
    },
  ],
  [
    // Answered before anything is executed, whatever would have executed it.
    "too many ids",
    {
      interpreted: true,
      query: "query ($ids: [SourceId!]!) { starsByIds(sourceIds: $ids) { sourceId } }",
      variables: { ids: Array.from({ length: 26 }, (_, id) => id) },
    },
  ],
  ["a page by defaults", { query: PAGE }],
  [
    "a page with everything given",
    {
      query: PAGE,
      variables: {
        n: 2,
        after: null,
        order: { by: "BP_RP", direction: "DESC" },
        filter: { or: [{ parallax: { min: 1 } }, { synthetic: true }] },
      },
    },
  ],
  ["a page with a cursor that is none", { query: PAGE, variables: { after: "nonsense" } }],
  ["a page of null stars", { query: PAGE, variables: { n: null }, interpreted: true }],
  ["a page of too many stars", { query: PAGE, variables: { n: 26 } }],
  ["a filter with an unknown field", { query: PAGE, variables: { filter: { colour: 1 } }, interpreted: true }],
  ["a filter by an unknown survey", { query: PAGE, variables: { filter: { surveyLabel: { survey: "nope", label: "teff" } } } }],
  [
    "a filter with a variable inside",
    { query: "query ($min: Float) { stars(filter: { parallax: { min: $min } }) { nodes { sourceId } } }", interpreted: true },
  ],
  [
    "a cone with a neighbour's star in fragments",
    {
      query:
        "query ($r: Float!) { coneSearch(ra: 10, dec: -30, radiusArcsec: $r) { edges { distanceArcsec ...on RegionEdge { node { ... { sourceId surveyLabels { teff } } } } } } nearest(ra: 0, dec: 0, limit: 2) { node { sourceId ra } } }",
      variables: { r: 60 },
    },
  ],
  [
    "@skip and @include",
    {
      query:
        "query ($id: SourceId!, $labels: Boolean!, $place: Boolean = false) { star(sourceId: $id) { sourceId ra @include(if: $place) surveyLabels @skip(if: $labels) { teff } ...more @include(if: $labels) ...more @skip(if: $place) } } fragment more on Star { dec @skip(if: $place) }",
      variables: { id: "102", labels: true },
    },
  ],
  [
    "a condition that is null",
    { query: "query ($place: Boolean = true) { status { version @include(if: $place) } }", variables: { place: null }, interpreted: true },
  ],
  ["stored predictions and computed ones", { query: PREDICTIONS, variables: { ids: ["1002", "2002", "1000"], model: "demo" } }],
  ["predictions of no model", { query: PREDICTIONS, variables: { ids: ["1002"], model: "nobody" } }],
  [
    "predictions on demand",
    {
      query: 'query ($x: [StellarValues!]!) { predict(model: "demo", inputs: $x) { unpredicted labels { value flags } inputsMissing } }',
      variables: { x: [{ photBpMeanMag: 12.5, photRpMeanMag: 11, parallax: 0.5 }, {}] },
    },
  ],
  [
    "values that the model does not read",
    { query: 'query ($x: [StellarValues!]!) { predict(model: "demo", inputs: $x) { stored } }', variables: { x: [{ ebv: 1 }] } },
  ],
  [
    "models and their manifests",
    {
      query:
        '{ models { name versions { version aliases manifest labels { name unit } } } model(name: "demo") { name } none: model(name: "none") { name } }',
    },
  ],
  [
    "introspection",
    {
      query:
        '{ __typename __schema { queryType { name } types { kind name enumValues { name } inputFields { name defaultValue } } } __type(name: "Star") { fields { name type { kind ofType { name } } } } }',
    },
  ],
  ["one of two operations", { query: TWO, operationName: "Second" }],
  ["an operation that is not there", { query: TWO, operationName: "Third", interpreted: true }],
])("compiled and interpreted answer the same: %s", async (_what, question) => {
  engines = [];
  const answers = [await answer(question), await answer(question), await answer(question), await answer(question)];
  expect(engines.includes("compiled")).toBe(!question.interpreted);
  expect(JSON.stringify(answers)).not.toContain("secret");
  for (const later of answers.slice(1)) expect(later).toEqual(answers[0]);
});

test.each([
  ["no operation", TWO, {}, "Must provide operation name if query contains multiple operations."],
  ["an operation that is not there", TWO, { operationName: "Third" }, 'Unknown operation named "Third".'],
])("a request that names %s of several is told so", async (_what, query, named, message) => {
  const { status, errors } = await answer({ query, ...named });
  expect([status, errors.length]).toEqual([400, 1]);
  expect(JSON.parse(errors[0]!)).toMatchObject({ message, extensions: { code: "OPERATION_RESOLUTION_FAILURE" } });
});
