import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { Registry } from "prom-client";
import type { Services } from "../../graphql/services";
import { processMetrics } from "./process-metrics";
import { requestMetrics } from "./request-metrics";
import { serviceMetrics } from "./service-metrics";
import { signalMetrics } from "./signal-metrics";

/** Writing all metrics takes some milliseconds: who asks meanwhile gets the same text. */
function shared<T>(make: () => Promise<T>): () => Promise<T> {
  let making: Promise<T> | null = null;
  return () => {
    making ??= make().finally(() => {
      making = null;
    });
    return making;
  };
}

const digest = (text: string) => createHash("sha256").update(text).digest();

/** Compares digests, so that the time does not tell how much of a guess is right. */
const hasToken = (authorization: string | undefined, token: string): boolean =>
  timingSafeEqual(digest(authorization ?? ""), digest(`Bearer ${token}`));

/**
 * Measures this server until it closes, and serves the metrics to Prometheus at `GET /metrics`.
 *
 * @param token that the reader of the metrics must send; null: anyone may read them, as any other request, when there is a place
 */
export function addMetrics(http: FastifyInstance, services: () => Services | null, token: string | null): Registry {
  const registry = new Registry();
  const observe = requestMetrics(registry);
  const ignore = signalMetrics(registry);
  serviceMetrics(registry, services);
  http.addHook("onResponse", (request, reply, next) => {
    observe(request, reply);
    next();
  });
  http.addHook("onClose", async () => ignore());
  const written = shared(async () => (await Promise.all([registry, processMetrics()].map((one) => one.metrics()))).join("\n"));
  http.get("/metrics", { config: { role: "watch", guarded: token === null } }, async (request, reply) => {
    if (token !== null && !hasToken(request.headers.authorization, token))
      return reply.code(401).header("www-authenticate", "Bearer").send("The token of ASTERISM_METRICS_TOKEN is wanted.\n");
    return reply.type(registry.contentType).send(await written());
  });
  return registry;
}
