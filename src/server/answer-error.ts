import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { GraphQLError } from "graphql";
import { isDatabaseAway } from "../errors";
import { Repeated } from "../telemetry/repeated";
import type { AllowedMethods } from "./allowed-methods";

const outages = new Repeated();

const WHAT_THERE_IS =
  "POST /graphql, GET /export/stars (and more), POST /lookup, POST /crossmatch, GET /vo/scs, GET /health/ready, GET /metrics, and a page to try queries on at /";

/** Answers 404, or 405 where the path exists with other methods. */
export function answerNotFound(allowed: AllowedMethods, request: FastifyRequest, reply: FastifyReply): void {
  const path = request.url.split("?")[0]!;
  const methods = allowed.of(path);
  if (methods) reply.header("allow", methods);
  const message = `There is no ${request.method} ${path.slice(0, 80)}. There are: ${WHAT_THERE_IS}.`;
  reply
    .code(methods ? 405 : 404)
    .send({ errors: [{ message, extensions: { code: methods ? "BAD_REQUEST" : "NOT_FOUND", requestId: request.id } }] });
}

const MASKED = "Something went wrong inside. The server's log holds it under this request's id.";

/** Masks errors of the server; explains errors of the request (too large, not JSON). */
export function answerError(error: FastifyError | GraphQLError, request: FastifyRequest, reply: FastifyReply): void {
  const told = error instanceof GraphQLError;
  const status = told ? 400 : (error.statusCode ?? 500);
  const times = isDatabaseAway(error) ? outages.count("the database is away") : 1;
  if (status >= 500 && times !== null) request.log.error({ err: error, ...(times > 1 && { times }) }, "a request failed");
  const code = told ? error.extensions.code : status >= 500 ? "INTERNAL" : "BAD_REQUEST";
  const message = status >= 500 ? MASKED : error.message;
  reply.code(status).send({ errors: [{ message, extensions: { code, requestId: request.id } }] });
}
