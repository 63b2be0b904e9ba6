import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { dataState } from "../database/data-state";
import type { Services } from "../graphql/services";
import { entityTag, isKnown } from "./bulk/etag";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The answer to a GET depends only on its URL and the database's state, unless it contains errors. */
    readonly tagged?: boolean;
  }
}

/** Clients may cache the answer, but must revalidate it each time. */
const label = (reply: FastifyReply, tag: string) => reply.header("etag", tag).header("cache-control", "no-cache");

/**
 * Adds entity tags to the answers of `tagged` GET routes, and answers 304 if the client's tag is still valid. The state is
 * read before the data, so an answer may be newer than its tag, which costs a transfer, but never older. Nothing is cached
 * here, so ingests and promotions need not invalidate anything.
 */
export function addGraphqlTags(http: FastifyInstance, services: () => Services | null): void {
  const tags = new WeakMap<FastifyRequest, string>();
  http.addHook("preHandler", async (request, reply) => {
    const running = services();
    if (request.method !== "GET" || !request.routeOptions.config.tagged || !running) return;
    // If the database is not available, reading the data will report it.
    const state = await dataState(running.database).catch(() => null);
    if (state === null) return;
    const tag = entityTag(running.version, state, request.url, request.headers.accept ?? "");
    // `*` matches any existing answer (RFC 9110, 13.1.2), but an invalid query has none.
    const known = request.headers["if-none-match"];
    if (known?.trim() !== "*" && isKnown(known, tag)) return label(reply.code(304), tag).send();
    tags.set(request, tag);
  });
  http.addHook("onSend", async (request, reply) => {
    const tag = tags.get(request);
    // An error may disappear the next time.
    if (tag && reply.statusCode === 200 && request.operation.codes.length === 0) label(reply, tag);
  });
}
