import type { FastifyInstance } from "fastify";
import { Registry } from "prom-client";
import type { Services } from "../../graphql/services";
import { processMetrics } from "./process-metrics";
import { requestMetrics } from "./request-metrics";
import { serviceMetrics } from "./service-metrics";
import { signalMetrics } from "./signal-metrics";

/** Measures this server until it closes, and serves the metrics to Prometheus at `GET /metrics`. */
export function addMetrics(http: FastifyInstance, services: () => Services | null): Registry {
  const registry = new Registry();
  const observe = requestMetrics(registry);
  const ignore = signalMetrics(registry);
  serviceMetrics(registry, services);
  http.addHook("onResponse", (request, reply, next) => {
    observe(request, reply);
    next();
  });
  http.addHook("onClose", async () => ignore());
  http.get("/metrics", { config: { role: "watch" } }, async (_request, reply) => {
    const parts = await Promise.all([registry, processMetrics()].map((one) => one.metrics()));
    return reply.type(registry.contentType).send(parts.join("\n"));
  });
  return registry;
}
