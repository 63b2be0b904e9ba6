import type { FastifyInstance } from "fastify";

/** Answers 415 to a body that is said to be encoded (RFC 9110, 15.5.16). Bulk routes take files as they are and see for themselves. */
export function refuseEncodedBodies(http: FastifyInstance): void {
  http.addHook("onRequest", (request, reply, next) => {
    const encoding = request.headers["content-encoding"]?.trim().toLowerCase() || "identity";
    if (encoding === "identity" || request.routeOptions.config.role === "bulk") return next();
    const message = `A body in the encoding '${encoding.slice(0, 40)}' is not read. Send it without Content-Encoding.`;
    reply.code(415).header("accept-encoding", "identity");
    reply.send({ errors: [{ message, extensions: { code: "BAD_REQUEST", requestId: request.id } }] });
  });
}
