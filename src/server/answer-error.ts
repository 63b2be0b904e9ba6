import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";

/** A fault of ours says nothing of the inside; a fault of the request (too large, not JSON) is explained. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const status = error.statusCode ?? 500;
  if (status >= 500) request.log.error({ err: error }, "a request failed");
  const message = status >= 500 ? "Something went wrong inside. The server's log holds it under this request's id." : error.message;
  reply
    .code(status)
    .send({ errors: [{ message, extensions: { code: status >= 500 ? "INTERNAL" : "BAD_REQUEST", requestId: request.id } }] });
}
