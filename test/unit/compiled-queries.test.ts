import {
  buildSchema,
  type ExecutionResult,
  GraphQLError,
  GraphQLScalarType,
  type GraphQLSchema,
  getOperationAST,
  NoUnusedFragmentsRule,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import { CompiledQueries, type Engine } from "../../src/graphql/execution/compiled-queries";
import { Random } from "../../src/science/random";
import { FAMILY, randomQuery } from "../support/random-query";

/** All that the language knows, the API's own schema or not. */
const schema: GraphQLSchema = buildSchema(`
  scalar Id
  enum Kind { DWARF GIANT }
  interface Source { id: Id! name: String }
  type Star implements Source { id: Id! name: String kind: Kind mag(band: String = "G", limit: Float! = 20): Float companions: [Star!] broken: String! }
  type Galaxy implements Source { id: Id! name: String redshift: Float! }
  union Found = Star | Galaxy
  input Range { min: Float, max: Float! = 3 }
  type Query {
    source(id: Id!): Source
    star(id: Id!): Star
    found: [Found]
    kinds(kinds: [Kind!] = [DWARF]): String
    strict(count: Int!): [Star!]!
    thrown(how: String!): String
    numbers: [Int]
    later: String
    echo(text: String, many: [Int!], range: Range): String
  }
  type Mutation { write(value: Int!): Int }
`);

interface FieldOf {
  resolve(parent: object, args: Record<string, unknown>): unknown;
}
const field = (type: string, name: string, resolve: FieldOf["resolve"]) => {
  const found = (schema.getType(type) as unknown as { getFields(): Record<string, FieldOf> }).getFields()[name];
  if (found) found.resolve = resolve;
};
const idScalar = schema.getType("Id") as GraphQLScalarType;
idScalar.parseValue = (value) => {
  if (typeof value !== "string") throw new GraphQLError("Id must be a string");
  return BigInt(value);
};
idScalar.parseLiteral = (node) => idScalar.parseValue(node.kind === "StringValue" ? node.value : null);
idScalar.serialize = (value) => {
  if (typeof value !== "bigint") throw new TypeError(`Id cannot be ${String(value)}`);
  return value.toString();
};

const sorted = (args: object) => JSON.stringify(Object.entries(args).sort());
const star = (id: bigint, rest: object = {}) => ({ __typename: "Star", id, name: `star ${id}`, kind: "DWARF", ...rest });
const galaxy = { __typename: "Galaxy", id: 7n, name: null, redshift: 0.5 };
const throws = (error: unknown) => () => {
  throw error;
};
field("Query", "source", async (_parent, { id }) => (id === 7n ? galaxy : star(id as bigint)));
field("Query", "star", async (_parent, { id }) => star(id as bigint));
field("Query", "found", (_parent, args) => [galaxy, null, star(1n), star(2n, { name: sorted(args) }), new Error("lost")]);
field("Query", "kinds", (_parent, args) => sorted(args));
field("Query", "strict", async (_parent, { count }) => [star(1n), Promise.resolve(star(2n, { id: count === 0 ? null : 2n })), star(3n)]);
field("Query", "thrown", (_parent, { how }) => {
  if (how === "text") throw "a text";
  if (how === "graphql") throw new GraphQLError("with a code", { extensions: { code: "CODE", http: { status: 418 } } });
  if (how === "promise") return Promise.reject(new Error("later"));
  throw Object.assign(new Error("plain"), { extensions: { code: "SHARED" } });
});
field("Query", "numbers", () => [1, 2.5, "x", null, 2 ** 40, Promise.resolve(3), Promise.reject(new Error("four"))]);
field("Query", "later", () => new Promise((resolve) => setImmediate(() => resolve("now"))));
field("Query", "echo", (_parent, args) => sorted(args));
field("Star", "mag", (_parent, { band, limit }) => (band === "bad" ? "not a number" : (limit as number) / 2));
field("Star", "companions", async () => [star(8n), null]);
field("Star", "broken", throws(new Error("broken")));
field("Mutation", "write", (_parent, { value }) => value);

interface Question {
  /** what graphql-jit cannot compile, or would answer otherwise */
  readonly interpreted?: true;
  /** its variables cannot be meant */
  readonly refused?: true;
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
}

/** Without regard to the order of errors, of which the specification leaves open which comes first. */
const plain = ({ data, errors, ...rest }: ExecutionResult) => ({
  ...rest,
  ...(data !== undefined && { data }),
  errors: errors?.map((error) => JSON.stringify(error)).sort(),
});

/** Asks three times: the third answer is the compiled one. */
async function ask(question: Question) {
  const engines: Engine[] = [];
  const queries = new CompiledQueries(schema, (engine) => engines.push(engine));
  const document = parse(question.query);
  expect(validate(schema, document)).toEqual([]);
  const operation = getOperationAST(document, question.operationName);
  if (!operation) throw new Error("There is no such operation.");
  const variables = { id: "1", ...question.variables };
  const { operationName } = question;
  const once = async () => plain(await queries.execute({ document, operation, operationName, queryHash: "hash", variables, context: {} }));
  return { first: await once(), second: await once(), third: await once(), engines };
}

const FRAGMENTS = `
  query ($id: Id!) { source(id: $id) { __typename ...all ... on Star { kind mag } ... on Source { again: name } } found { ...either } }
  fragment all on Source { id name ... on Galaxy { redshift } }
  fragment either on Found { __typename ... on Star { id name companions { ...all } } ... on Galaxy { redshift id } }`;

const OBJECTS = `
  query ($id: Id!) { star(id: $id) { __typename ...all ... on Star { kind mag } ... on Source { again: name } } }
  fragment all on Star { id name ... on Source { name ... on Star { companions { id } } } }`;

test.each<[string, Question]>([
  ["fragments", { query: OBJECTS }],
  ["a fragment on an interface, answered by a star", { query: FRAGMENTS, variables: { id: "1" }, interpreted: true }],
  ["a fragment on an interface, answered by a galaxy", { query: FRAGMENTS, variables: { id: "7" }, interpreted: true }],
  ["a variable that the scalar refuses", { refused: true, query: OBJECTS, variables: { id: 1 } }],
  ["a variable that is missing", { refused: true, query: OBJECTS, variables: { id: undefined } }],
  ["a variable that is null where it must not be", { refused: true, query: OBJECTS, variables: { id: null } }],
  ["a variable nobody declared", { query: OBJECTS, variables: { id: "1", other: [1] } }],
  ["a default of a variable", { query: 'query ($b: String = "BP") { echo(text: $b) }' }],
  ["a default that is overruled by null", { query: 'query ($b: String = "BP") { echo(text: $b) }', variables: { b: null } }],
  [
    "a variable left out of an argument with a default",
    { query: "query ($id: Id!, $b: String) { star(id: $id) { ... on Star { mag(band: $b) } } }" },
  ],
  [
    "null for an argument that has a default",
    { query: "query ($id: Id!, $l: Float = 2) { star(id: $id) { id ... on Star { mag(limit: $l) } } }", variables: { l: null } },
  ],
  [
    "input objects and lists",
    {
      query: "query ($r: Range, $m: [Int!], $k: [Kind!]) { echo(many: $m, range: $r) kinds(kinds: $k) }",
      variables: { r: { min: 1 }, m: 5, k: ["GIANT"] },
    },
  ],
  [
    "an input object with a field too many",
    { refused: true, query: "query ($r: Range) { echo(range: $r) }", variables: { r: { min: 1, avg: 2 } } },
  ],
  ["a list with a wrong item", { refused: true, query: "query ($m: [Int!]) { echo(many: $m) }", variables: { m: [1, null, 2.5] } }],
  ["an unknown enum value", { refused: true, query: "query ($k: [Kind!]) { kinds(kinds: $k) }", variables: { k: ["QUASAR"] } }],
  ["an id as a literal", { query: '{ source(id: "7") { __typename id } }', interpreted: true }],
  [
    "a variable within a literal",
    {
      interpreted: true,
      query: "query ($x: Float, $i: Int!) { echo(range: { min: $x, max: 2 }, many: [1, $i]) }",
      variables: { i: 3 },
    },
  ],
  [
    "@skip and @include",
    {
      query:
        "query ($id: Id!, $yes: Boolean!, $no: Boolean = false) { star(id: $id) { id @skip(if: $yes) name @include(if: $yes) ... on Star @include(if: $no) { kind } ... @skip(if: $no) { twice: id } } }",
      variables: { yes: true },
    },
  ],
  [
    "a directive on a spread",
    {
      query:
        "query ($id: Id!, $yes: Boolean!) { star(id: $id) { ...one @include(if: $yes) ...one @skip(if: $yes) id } } fragment one on Source { name }",
      variables: { yes: false },
    },
  ],
  [
    "a directive whose variable is null",
    { query: "query ($yes: Boolean = true) { later @include(if: $yes) }", variables: { yes: null }, interpreted: true },
  ],
  [
    "aliases of one field with other arguments",
    { query: 'query ($id: Id!) { a: star(id: $id) { id } b: star(id: $id) { id } c: echo(text: "c") d: echo }' },
  ],
  [
    "merged fields",
    { query: "query ($id: Id!) { star(id: $id) { id } star(id: $id) { name ... on Star { companions { id } companions { kind } } } }" },
  ],
  ["a null where there must be none, deep in a list", { query: "{ strict(count: 0) { id name } later }" }],
  ["a list that is whole", { query: "{ strict(count: 1) { id companions { id } } }" }],
  ["an error in a field that must not be null", { query: "query ($id: Id!) { star(id: $id) { id ... on Star { broken } } later }" }],
  ["a text that is thrown", { query: '{ thrown(how: "text") later }' }],
  ["an error with extensions", { query: '{ thrown(how: "graphql") other: thrown(how: "plain") }' }],
  ["a promise that rejects", { query: '{ thrown(how: "promise") later }' }],
  ["values that do not serialise", { query: 'query ($id: Id!) { numbers star(id: $id) { ... on Star { mag(band: "bad") } } }' }],
  [
    "introspection",
    {
      query:
        '{ __schema { types { name kind possibleTypes { name } fields { name args { name defaultValue } } } directives { name } } __type(name: "Star") { name interfaces { name } } __typename }',
    },
  ],
  [
    "one of several operations",
    { query: "query A { later } query B($n: Int!) { strict(count: $n) { id } }", operationName: "B", variables: { n: 1 } },
  ],
])("compiled and interpreted answer the same: %s", async (_what, question) => {
  const { first, second, third, engines } = await ask(question);
  const last = question.interpreted ? "interpreted" : "compiled";
  // Variables that cannot be meant are answered before anything is executed.
  expect(engines).toEqual(question.refused ? [] : ["interpreted", "interpreted", last]);
  expect(second).toEqual(first);
  expect(third).toEqual(first);
});

test("what changes something is never compiled", async () => {
  const { third, engines } = await ask({ query: "mutation ($v: Int!) { write(value: $v) }", variables: { v: 3 } });
  expect(third.data).toEqual({ write: 3 });
  expect(engines).toEqual(["interpreted", "interpreted", "interpreted"]);
});

test("a query whose fragments double one another is too large to compile", async () => {
  const doubling = Array.from(
    { length: 9 },
    (_, n) => `fragment f${n} on Star { a${n}: companions { ...f${n + 1} } b${n}: companions { ...f${n + 1} } }`,
  );
  const query = `query ($no: Boolean!, $id: Id!) { star(id: $id) @include(if: $no) { ...f0 } later } ${doubling.join(" ")} fragment f9 on Star { id }`;
  const { engines } = await ask({ query, variables: { no: false } });
  expect(engines).toEqual(["interpreted", "interpreted", "interpreted"]);
});

test("operations of one document are compiled each for itself", async () => {
  const engines: Engine[] = [];
  const queries = new CompiledQueries(schema, (engine) => engines.push(engine));
  const document = parse('query A { echo(text: "A") } query B { echo(text: "B") }');
  const answers: unknown[] = [];
  for (const operationName of ["A", "B", "A", "B", "A", "B"]) {
    const operation = getOperationAST(document, operationName);
    const execution = { document, operation: operation ?? undefined, operationName, queryHash: "hash", variables: {}, context: {} };
    answers.push((await queries.execute(execution)).data?.echo);
  }
  expect(answers.map((answer) => JSON.parse(answer as string)[0][1])).toEqual(["A", "B", "A", "B", "A", "B"]);
  expect(engines.slice(-2)).toEqual(["compiled", "compiled"]);
});

test("large queries are forgotten before they fill the memory", async () => {
  const engines: Engine[] = [];
  const queries = new CompiledQueries(schema, (engine) => engines.push(engine));
  const ask = async (n: number) => {
    const document = parse(`{ ${Array.from({ length: 480 }, (_, field) => `f${n}_${field}: kinds`).join(" ")} }`);
    const operation = getOperationAST(document) ?? undefined;
    return queries.execute({ document, operation, queryHash: String(n), variables: {}, context: {} });
  };
  for (let n = 0; n < 45; n++) for (let times = 0; times < 3; times++) await ask(n);
  expect(new Set(engines.filter((_, n) => n % 3 === 2))).toEqual(new Set(["compiled"]));
  engines.length = 0;
  await ask(44);
  await ask(0);
  expect(engines).toEqual(["compiled", "interpreted"]);
});

test("whatever @skip, @include and fragments leave of a query, it is answered the same", async () => {
  const random = new Random(8);
  let asked = 0;
  while (asked < 15) {
    const query = randomQuery(random);
    const document = parse(query);
    const operation = getOperationAST(document);
    if (
      !operation ||
      validate(
        FAMILY,
        document,
        specifiedRules.filter((rule) => rule !== NoUnusedFragmentsRule),
      ).length > 0
    )
      continue;
    const engines: Engine[] = [];
    const queries = new CompiledQueries(FAMILY, (engine) => engines.push(engine));
    for (const variables of [{ a: true }, { a: false, b: false }, { a: true, b: false }, { a: false }]) {
      const once = async () => plain(await queries.execute({ document, operation, queryHash: query, variables, context: {} }));
      const [first, , third] = [await once(), await once(), await once()];
      expect({ query, variables, answer: third }).toEqual({ query, variables, answer: first });
      expect(Object.keys(third.data ?? {})).toEqual(Object.keys(first.data ?? {}));
    }
    expect(engines.filter((engine) => engine === "compiled")).toHaveLength(4);
    asked++;
  }
});
