import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { FastifyInstance } from "fastify";
import helmet, { type HelmetOptions } from "helmet";

/** Adds helmet's headers to every answer. They are always the same, so helmet computes them once, for an answer that is never sent. */
export function addSecurityHeaders(http: FastifyInstance, options: HelmetOptions): void {
  const answer = new ServerResponse(new IncomingMessage(new Socket()));
  helmet(options)(answer.req, answer, (error) => {
    if (error) throw error;
  });
  const headers = { ...answer.getHeaders() };
  http.addHook("onRequest", (_request, reply, next) => {
    reply.headers(headers);
    next();
  });
}
