import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { emptyNote, type OperationNote } from "../graphql/operation-note";

declare module "fastify" {
  interface FastifyRequest {
    /** what GraphQL learned about the request */
    operation: OperationNote;
  }
}

/** Clients choose the names of their operations; this much of a name is enough to tell them apart. */
const NAME_LENGTH = 80;

/** Announced lengths; a streamed answer has none. */
const bytes = (length: unknown) => (length === undefined ? undefined : Number(length));

/** The log line of an answered request, without its content: no query, no variables, no address. */
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

/** Sends every request's id in its answer, and logs one line (`info`) per request. */
export function addRequestLog(http: FastifyInstance): void {
  http.decorateRequest("operation");
  http.addHook("onRequest", (request, reply, next) => {
    request.operation = emptyNote();
    reply.header("x-request-id", request.id);
    next();
  });
  if (!["info", "debug"].includes(http.log.level)) return;
  http.addHook("onResponse", async (request, reply) => {
    if (request.routeOptions.config.role !== "watch") request.log.info(line(request, reply), "answered");
  });
}
