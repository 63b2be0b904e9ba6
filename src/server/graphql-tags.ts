import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { dataState } from "../database/data-state";
import type { Services } from "../graphql/services";
import { entityTag, isKnown } from "./bulk/etag";

declare module "fastify" {
  interface FastifyContextConfig {
    /** What a GET answers follows from its URL and the database's state, where it has no errors. */
    readonly tagged?: boolean;
  }
}

/** The answer may be kept, and whether it still holds is to be asked each time. */
const label = (reply: FastifyReply, tag: string) => reply.header("etag", tag).header("cache-control", "no-cache");

/**
 * Tags the answers to GETs of routes that are `tagged`, and answers 304 where the client has one that still holds. The
 * state is read before the data: an answer may be newer than its tag, which costs another transfer, and never older. Nothing
 * has to be told of an ingest or a promotion, because nothing is kept here.
 */
export function addGraphqlTags(http: FastifyInstance, services: () => Services | null): void {
  const tags = new WeakMap<FastifyRequest, string>();
  http.addHook("preHandler", async (request, reply) => {
    const running = services();
    if (request.method !== "GET" || !request.routeOptions.config.tagged || !running) return;
    // Where the database is away, whoever reads the data says so.
    const state = await dataState(running.database).catch(() => null);
    if (state === null) return;
    const tag = entityTag(running.version, state, request.url, request.headers.accept ?? "");
    // Any answer at all (RFC 9110, 13.1.2) cannot be told of a query that may be none.
    const known = request.headers["if-none-match"];
    if (known?.trim() !== "*" && isKnown(known, tag)) return label(reply.code(304), tag).send();
    tags.set(request, tag);
  });
  http.addHook("onSend", async (request, reply) => {
    const tag = tags.get(request);
    // An error may be another one, or none, the next time.
    if (tag && reply.statusCode === 200 && request.operation.codes.length === 0) label(reply, tag);
  });
}
