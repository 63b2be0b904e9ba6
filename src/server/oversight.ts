import type { FastifyInstance } from "fastify";
import type { Services } from "../graphql/services";
import { addHealth } from "./health/health";
import { addMetrics } from "./metrics/metrics";
import { addGuard } from "./overload/guard";
import { guardMetrics } from "./overload/guard-metrics";
import { addRequestLog } from "./request-log";

export interface OversightSettings {
  /** requests under way at once; absent: no limit */
  readonly concurrency?: number;
  /** the collector that spans are sent to; absent: none are made */
  readonly otlpEndpoint?: string | null;
  /** of requests that are traced, 0 to 1 */
  readonly traceShare?: number;
  /** longest that `/health/ready` waits for one part [ms]; absent: 800 */
  readonly readyWithinMs?: number;
}

/**
 * All that looks after requests, whatever they ask: log lines, metrics, the guard against too many of them, spans, health.
 * Its hooks come before those of the routes, so that what is refused costs no more than being refused.
 */
export async function addOversight(
  http: FastifyInstance,
  { concurrency, otlpEndpoint, traceShare = 1, readyWithinMs }: OversightSettings,
  services: () => Services | null,
): Promise<void> {
  addRequestLog(http);
  const metrics = addMetrics(http, services);
  if (concurrency) guardMetrics(metrics, addGuard(http, concurrency));
  if (otlpEndpoint) {
    // Loaded where it is wanted: tracing and its libraries cost nothing elsewhere.
    const { addTracing } = await import("./tracing/tracing.js");
    await addTracing(http, { endpoint: otlpEndpoint, share: traceShare });
  }
  addHealth(http, services, readyWithinMs);
}
