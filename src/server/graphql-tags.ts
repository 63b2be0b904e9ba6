import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from "fastify";
import { dataState } from "../database/data-state";
import type { Services } from "../graphql/services";
import { entityTag, isKnown } from "./bulk/etag";

declare module "fastify" {
  interface FastifyRequest {
    /** The entity tag of its answer, unless that has errors. Not in a WeakMap, for the reason that the guard's places are not. */
    entityTag: string | null;
  }
}

/** Clients may cache the answer, but must revalidate it each time. */
const label = (reply: FastifyReply, tag: string) => reply.header("etag", tag).header("cache-control", "no-cache");

/**
 * Hooks of a GET route whose answer depends only on its URL and the database's state, unless it contains errors. They add an
 * entity tag, and answer 304 if the client's tag is still valid. The state is read before the data, so an answer may be
 * newer than its tag, which costs a transfer, but never older. Nothing is cached here, so ingests and promotions need not
 * invalidate anything.
 */
export function graphqlTags(http: FastifyInstance, services: () => Services | null): Pick<RouteShorthandOptions, "preHandler" | "onSend"> {
  http.decorateRequest("entityTag", null);
  const preHandler = async (request: FastifyRequest, reply: FastifyReply) => {
    const running = services();
    if (request.method !== "GET" || !running) return;
    // If the database is not available, reading the data will report it.
    const state = await dataState(running.database).catch(() => null);
    if (state === null) return;
    const tag = entityTag(running.version, state, request.url, request.headers.accept ?? "");
    // `*` matches any existing answer (RFC 9110, 13.1.2), but an invalid query has none.
    const known = request.headers["if-none-match"];
    if (known?.trim() !== "*" && isKnown(known, tag)) return label(reply.code(304), tag).send();
    request.entityTag = tag;
  };
  const onSend = async (request: FastifyRequest, reply: FastifyReply) => {
    const tag = request.entityTag;
    // An error may disappear the next time.
    if (tag && reply.statusCode === 200 && request.operation.codes.length === 0) label(reply, tag);
  };
  return { preHandler, onSend };
}
