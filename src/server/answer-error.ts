import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { GraphQLError } from "graphql";

const WHAT_THERE_IS =
  "POST /graphql, GET /export/stars (and more), POST /lookup, GET /vo/scs, GET /health/ready, GET /metrics, and a page to try queries on at /";

/** Answers 404, also for an existing path with another method. */
export function answerNotFound(request: FastifyRequest, reply: FastifyReply): void {
  const path = request.url.split("?")[0]!.slice(0, 80);
  const message = `There is no ${request.method} ${path}. There are: ${WHAT_THERE_IS}.`;
  reply.code(404).send({ errors: [{ message, extensions: { code: "NOT_FOUND", requestId: request.id } }] });
}

const MASKED = "Something went wrong inside. The server's log holds it under this request's id.";

/** Masks errors of the server; explains errors of the request (too large, not JSON). */
export function answerError(error: FastifyError | GraphQLError, request: FastifyRequest, reply: FastifyReply): void {
  const told = error instanceof GraphQLError;
  const status = told ? 400 : (error.statusCode ?? 500);
  if (status >= 500) request.log.error({ err: error }, "a request failed");
  const code = told ? error.extensions.code : status >= 500 ? "INTERNAL" : "BAD_REQUEST";
  const message = status >= 500 ? MASKED : error.message;
  reply.code(status).send({ errors: [{ message, extensions: { code, requestId: request.id } }] });
}
