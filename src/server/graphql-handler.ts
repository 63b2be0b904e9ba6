import { HeaderMap } from "@apollo/server";
import type { FastifyReply, FastifyRequest } from "fastify";
import { LRUCache } from "lru-cache";
import type { Api } from "../graphql/apollo";
import type { Context } from "../graphql/context";
import { checkJsonSize } from "../graphql/input/json-size";
import { checkQuerySize } from "../graphql/input/query-size";

/** The headers that Apollo reads: for content negotiation and for its protection against cross-site requests. */
const HEADERS = ["accept", "content-type", "apollo-require-preflight", "x-apollo-operation-name"] as const;

/** Number of distinct `accept` headers to remember; each client library sends its own. */
const ACCEPTS = 100;

/**
 * Whether a page of another site may have made a browser send it. Every browser names itself Mozilla; a page can change that, or any
 * of these headers, only by a request that the browser asks leave for first.
 */
const isOfBrowser = ({ "user-agent": agent = "", origin, "sec-fetch-site": site }: FastifyRequest["headers"]): boolean =>
  agent.startsWith("Mozilla/") || origin !== undefined || site !== undefined;

function headersOf({ headers }: FastifyRequest): HeaderMap {
  const map = new HeaderMap();
  for (const name of HEADERS) {
    const value = headers[name];
    if (value) map.set(name, String(value));
  }
  // The header is wanted as a proof that the browser asked; other programs need none.
  if (!isOfBrowser(headers)) map.set("apollo-require-preflight", "1");
  return map;
}

function searchOf({ url }: FastifyRequest): string {
  const start = url.indexOf("?");
  return start < 0 ? "" : url.slice(start);
}

/** @returns the member `query` of a body of which nothing is known yet */
const textOf = (body: unknown): unknown => (typeof body === "object" && body !== null && "query" in body ? body.query : null);

/** Checks the size of a query that a URL holds; its JSON, unlike that of a body, is still to be parsed. */
function checkUrl(search: string): void {
  const parameters = new URLSearchParams(search);
  // A URL of 16 kB has fewer objects than a page.
  for (const name of ["variables", "extensions"]) checkJsonSize(parameters.get(name) ?? "", Number.POSITIVE_INFINITY);
  checkQuerySize(parameters.get("query"));
}

/** @returns a function that answers GraphQL over HTTP */
export function graphqlHandler({
  apollo,
  known,
}: Api): (request: FastifyRequest, reply: FastifyReply, context: Context) => Promise<string> {
  /** Apollo's choice of content type, by `accept` header. */
  const types = new LRUCache<string, string>({ max: ACCEPTS });
  return async (request, reply, context) => {
    const { method, body, headers } = request;
    const accept = headers.accept ?? "";
    const knownType = types.get(accept);
    const search = searchOf(request);
    const text = knownType && method === "POST" ? await known.answer(body, context) : null;
    if (knownType && text !== null) {
      reply.header("content-type", knownType);
      return text;
    }
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { body, method, headers: headersOf(request), search },
      // What this throws is answered as Apollo answers its own errors, before it looks at the query.
      context: async () => {
        if (method === "POST") checkQuerySize(textOf(body));
        else checkUrl(search);
        return context;
      },
    });
    for (const [name, value] of answer.headers) reply.header(name, value);
    reply.code(answer.status ?? 200);
    // Only @defer and @stream answer in parts, and the schema does not have them.
    if (answer.body.kind !== "complete") throw new Error("Apollo answers in parts.");
    const type = answer.headers.get("content-type");
    if (answer.status === undefined && type) types.set(accept, type);
    return answer.body.string;
  };
}
