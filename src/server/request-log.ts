import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { emptyNote, type OperationNote } from "../graphql/operation-note";

declare module "fastify" {
  interface FastifyRequest {
    /** what GraphQL understood of the request */
    operation: OperationNote;
  }
}

/** A client names its operations as it likes: so much of the name tells them apart. */
const NAME_LENGTH = 80;

/** Lengths that were announced; answers that are streamed are not. */
const bytes = (length: unknown) => (length === undefined ? undefined : Number(length));

/** What is known of an answered request, without anything of what was asked: no query, no variables, no address. */
function line(request: FastifyRequest, reply: FastifyReply): object {
  const { kind, name, codes } = request.operation;
  return {
    method: request.method,
    route: request.routeOptions.url ?? null,
    ...(kind && { operation: kind }),
    ...(name && { operationName: name.slice(0, NAME_LENGTH) }),
    status: reply.statusCode,
    ...(codes.length > 0 && { codes: [...new Set(codes)] }),
    milliseconds: Math.round(reply.elapsedTime * 10) / 10,
    requestBytes: bytes(request.headers["content-length"]),
    responseBytes: bytes(reply.getHeader("content-length")),
  };
}

/** Gives every request an id that its answer and its log line carry, and logs one line (`info`) for each. */
export function addRequestLog(http: FastifyInstance): void {
  http.decorateRequest("operation");
  http.addHook("onRequest", async (request, reply) => {
    request.operation = emptyNote();
    reply.header("x-request-id", request.id);
  });
  if (!["info", "debug"].includes(http.log.level)) return;
  http.addHook("onResponse", async (request, reply) => {
    if (request.routeOptions.config.role !== "watch") request.log.info(line(request, reply), "answered");
  });
}
