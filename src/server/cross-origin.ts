import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";

/** What a page may read of an answer beside its body. */
const EXPOSED = "asterism-order, content-disposition, etag, ratelimit, ratelimit-policy, retry-after, x-request-id";

/** [s] How long a browser need not ask again; browsers shorten it to their own limit. */
const MAX_AGE_S = 86_400;

/**
 * Lets web pages of other origins read what this server answers (CORS). No credentials are involved: the server has neither
 * cookies nor passwords. Without an origin nothing is added, and browsers keep the answers from such pages.
 *
 * @param origins as in `https://survey.example.org`; `*` is any
 */
export function allowOrigins(http: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const any = origins.includes("*");
  const listed = new Set(origins);
  const isAllowed = ({ origin }: IncomingMessage["headers"]) => origin !== undefined && (any || listed.has(origin));

  // On the socket's own answer, before everything else: a refusal at the door must be readable too, or a page cannot tell it from an outage.
  http.server.prependListener("request", ({ headers }: IncomingMessage, response: ServerResponse) => {
    if (!any) response.setHeader("vary", "origin");
    if (!isAllowed(headers)) return;
    response.setHeader("access-control-allow-origin", any ? "*" : headers.origin!);
    response.setHeader("access-control-expose-headers", EXPOSED);
  });
  // Fastify's headers take the place of those above.
  http.addHook("onSend", (_request, reply, payload, next) => {
    const others = reply.getHeader("vary");
    if (!any && others !== undefined) reply.header("vary", `${String(others)}, origin`);
    next(null, payload);
  });
  http.addHook("onRequest", (request, reply, next) => {
    const wanted = request.headers["access-control-request-headers"];
    if (request.method !== "OPTIONS" || !request.headers["access-control-request-method"] || !isAllowed(request.headers)) return next();
    reply.header("access-control-allow-methods", "GET, HEAD, POST").header("access-control-max-age", String(MAX_AGE_S));
    // No header means anything to this server that an honest page may not send.
    if (wanted) reply.header("access-control-allow-headers", wanted);
    reply.code(204).send();
  });
}
