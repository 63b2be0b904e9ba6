/** A request body that tries to keep the event loop busy. */
export interface HostileBody {
  readonly name: string;
  readonly body: string;
}

const VERTICES = "query($v: [SkyPosition!]!) { polygonSearch(vertices: $v) { nodes { ra } } }";
const FILTER = "query($f: StarFilter) { stars(first: 1, filter: $f) { nodes { ra } } }";
const IDS = "query($v: [SourceId!]!) { starsByIds(sourceIds: $v) { ra } }";
const PREDICT = 'query($v: [StellarValues!]!) { predict(model: "none", inputs: $v) { stored } }';

/** As many of an entry as fit. @param bytes of the whole body, about */
const filling = (entry: string, bytes: number): string =>
  Array.from({ length: Math.floor(bytes / (entry.length + 1)) }, () => entry).join();

const withVariable = (query: string, name: string, json: string): string =>
  `{"query":${JSON.stringify(query)},"variables":{${JSON.stringify(name)}:${json}}}`;

const query = (text: string): string => JSON.stringify({ query: text });

/** A filter within filters, so deep. */
const nested = (open: string, close: string, inner: string, depth: number): string => open.repeat(depth) + inner + close.repeat(depth);

const fragments = (width: number, spread: string) =>
  Array.from({ length: 8 }, (_, level) => `fragment f${level} on Star { ${`${spread.replace("N", `${level + 1}`)} `.repeat(width)} }`).join(
    " ",
  );

const variableBodies = (bytes: number): HostileBody[] => [
  { name: "empty vertices", body: withVariable(VERTICES, "v", `[${filling("{}", bytes)}]`) },
  { name: "vertices with a wrong member", body: withVariable(VERTICES, "v", `[${filling('{"ra":1,"dec":"x","y":[]}', bytes)}]`) },
  { name: "valid vertices", body: withVariable(VERTICES, "v", `[${filling('{"ra":1,"dec":2}', bytes)}]`) },
  { name: "null ids", body: withVariable(IDS, "v", `[${filling("null", bytes)}]`) },
  { name: "ids that are lists", body: withVariable(IDS, "v", `[${filling("[[1]]", bytes)}]`) },
  { name: "valid ids", body: withVariable(IDS, "v", `[${filling('"1"', bytes)}]`) },
  { name: "inputs with unknown members", body: withVariable(PREDICT, "v", `[${filling('{"jmagg":1,"teffx":2}', bytes)}]`) },
  { name: "empty inputs", body: withVariable(PREDICT, "v", `[${filling("{}", bytes)}]`) },
  {
    name: "one object with many members",
    body: withVariable(PREDICT, "v", `[{${Array.from({ length: bytes / 12 }, (_, n) => `"m${n}":1`).join()}}]`),
  },
  { name: "a filter within filters", body: withVariable(FILTER, "f", nested('{"and":', "}", "{}", bytes / 8)) },
  { name: "a filter within lists", body: withVariable(FILTER, "f", nested("[", "]", "", bytes / 2)) },
  { name: "a filter of many filters", body: withVariable(FILTER, "f", `{"or":[${filling('{"and":[{}]}', bytes)}]}`) },
  { name: "a huge text", body: withVariable(IDS, "v", `["${"x".repeat(bytes)}"]`) },
  { name: "a text of escapes", body: withVariable(IDS, "v", `["${"\\u0000".repeat(bytes / 6)}"]`) },
  {
    name: "variables that the query lacks",
    body: `{"query":"{ __typename }","variables":{${Array.from({ length: bytes / 12 }, (_, n) => `"m${n}":1`).join()}}}`,
  },
  { name: "an extension within extensions", body: `{"query":"{ __typename }","extensions":${nested('{"a":', "}", "1", bytes / 7)}}` },
  { name: "lists instead of a query", body: nested("[", "]", "", bytes / 2) },
];

const textBodies = (bytes: number): HostileBody[] => [
  { name: "a literal list of empty vertices", body: query(`{ polygonSearch(vertices: [${"{} ".repeat(bytes / 3)}]) { nodes { ra } } }`) },
  { name: "a literal list that fits", body: query(`{ polygonSearch(vertices: [${"{} ".repeat(2450)}]) { nodes { ra } } }`) },
  { name: "a literal filter within filters", body: query(`{ stars(filter: ${nested("{and: ", "}", "{}", bytes / 7)}) { nodes { ra } } }`) },
  { name: "a literal filter 1,000 deep", body: query(`{ stars(filter: ${nested("{and: ", "}", "{}", 1000)}) { nodes { ra } } }`) },
  { name: "brackets only", body: query("{".repeat(bytes)) },
  { name: "the same field again and again", body: query(`{ stars { nodes { ${"ra ".repeat(4900)} } } }`) },
  { name: "the same object again and again", body: query(`{ ${"stars{nodes{ra}} ".repeat(700)} }`) },
  { name: "the same object with arguments", body: query(`{ ${"stars(first:1){nodes{ra}} ".repeat(450)} }`) },
  { name: "fields that conflict", body: query(`{ ${Array.from({ length: 400 }, (_, n) => `stars(first:${n}){nodes{ra}}`).join(" ")} }`) },
  { name: "unknown fields", body: query(`{ ${Array.from({ length: 4900 }, (_, n) => `sta${n}`).join(" ")} }`) },
  { name: "many operations", body: query(Array.from({ length: 1200 }, (_, n) => `query q${n} { __typename }`).join(" ")) },
  {
    name: "many unused variables",
    body: query(`query(${Array.from({ length: 1200 }, (_, n) => `$v${n}: Int`).join(" ")}) { __typename }`),
  },
  {
    name: "fragments that spread the next many times",
    body: query(`{ stars { nodes { ...f0 } } } ${fragments(100, "...fN")} fragment f8 on Star { ra }`),
  },
  {
    name: "skipped fragments that spread the next",
    body: query(`{ stars { nodes { ra ...f0 @skip(if: true) } } } ${fragments(100, "...fN")} fragment f8 on Star { ra }`),
  },
  { name: "inline fragments", body: query(`{ stars { nodes { ${"... on Star { ra } ".repeat(800)} } } }`) },
  { name: "comments", body: query(`${"#\n".repeat(bytes / 3)} { __typename }`) },
  { name: "blanks", body: query(`${" ".repeat(bytes)} { __typename }`) },
  { name: "a long name", body: query(`{ ${"a".repeat(bytes)} }`) },
  { name: "a block text of quotes", body: query(`{ star(sourceId: """${'\\""" '.repeat(bytes / 7)}""") { ra } }`) },
  { name: "a text of line ends", body: query(`{ star(sourceId: """${"\n ".repeat(bytes / 3)}""") { ra } }`) },
];

/** Bodies of about the given size; all are below the limit of a body. */
export const hostileBodies = (bytes: number): HostileBody[] =>
  [...variableBodies(bytes), ...textBodies(bytes)].map(({ name, body }) => ({
    name: `${name}, ${Math.round(body.length / 1000)} kB`,
    body,
  }));
