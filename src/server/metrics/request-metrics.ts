import type { FastifyReply, FastifyRequest } from "fastify";
import { Histogram, type Registry } from "prom-client";
import { LATENCY_SECONDS } from "./buckets";

/**
 * How long requests took, from their head to the last byte of the answer, by route and, for GraphQL, by root field.
 *
 * @returns an observer of answered requests
 */
export function requestMetrics(registry: Registry): (request: FastifyRequest, reply: FastifyReply) => void {
  const seconds = new Histogram({
    name: "asterism_request_duration_seconds",
    help: "Time from a request's head to the last byte of its answer. operation: the root field of a GraphQL query.",
    labelNames: ["route", "operation", "status"],
    buckets: LATENCY_SECONDS,
    registers: [registry],
  });
  return (request, reply) => {
    // The pattern of the route, never the requested path.
    const route = request.routeOptions.url ?? "none";
    const status = `${Math.trunc(reply.statusCode / 100)}xx`;
    seconds.observe({ route, operation: request.operation.kind, status }, reply.elapsedTime / 1000);
  };
}
