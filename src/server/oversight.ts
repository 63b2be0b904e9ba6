import type { FastifyInstance } from "fastify";
import type { Services } from "../graphql/services";
import { Budgets } from "./client/budgets";
import { Clients } from "./client/clients";
import { addHealth } from "./health/health";
import { Readiness } from "./health/readiness";
import { addMetrics } from "./metrics/metrics";
import { type Admit, admitter } from "./overload/admit";
import { Guard } from "./overload/guard";
import { guardMetrics } from "./overload/guard-metrics";
import { addRequestLog } from "./request-log";

export interface OversightSettings {
  /** concurrent requests; absent: no limit */
  readonly concurrency?: number;
  /** addresses and networks of reverse proxies; absent: none */
  readonly trustedProxies?: readonly string[];
  /** cost that one client may spend in a minute; absent or 0: no limit */
  readonly clientBudget?: number;
  /** that the reader of /metrics must send; absent or null: none */
  readonly metricsToken?: string | null;
  /** the collector to send spans to; absent: no tracing */
  readonly otlpEndpoint?: string | null;
  /** fraction of requests to trace, 0 to 1 */
  readonly traceShare?: number;
  /** [ms] how long `/health/ready` waits for one check; absent: 800 */
  readonly readyWithinMs?: number;
}

/** The server's own state. */
export interface Oversight {
  readonly readiness: Readiness;
  /** whether requests are waiting */
  busy(): boolean;
  /** to be asked before an operation is executed */
  readonly admit: Admit;
}

/**
 * Adds what all requests have in common: logs, metrics, the guard against overload, tracing, health. Its hooks run before
 * those of the routes, so that refusing a request costs next to nothing.
 */
export async function addOversight(
  http: FastifyInstance,
  {
    concurrency,
    trustedProxies = [],
    clientBudget = 0,
    metricsToken = null,
    otlpEndpoint,
    traceShare = 1,
    readyWithinMs,
  }: OversightSettings,
  services: () => Services | null,
): Promise<Oversight> {
  addRequestLog(http);
  const metrics = addMetrics(http, services, metricsToken);
  const sharing = { clients: new Clients(trustedProxies), budgets: new Budgets(clientBudget, trustedProxies.length > 0) };
  const guard = concurrency ? new Guard(http, concurrency, sharing) : null;
  if (guard) guardMetrics(metrics, guard.admission);
  if (otlpEndpoint) {
    // Loaded on demand, so that tracing and its libraries cost nothing if they are not used.
    const { addTracing } = await import("./tracing/tracing.js");
    await addTracing(http, { endpoint: otlpEndpoint, share: traceShare });
  }
  const readiness = new Readiness((error, name) => http.log.warn({ err: error }, `not ready: ${name}`), readyWithinMs);
  addHealth(http, services, readiness);
  return { readiness, busy: () => guard !== null && guard.admission.waiting > 0, admit: admitter(guard, sharing) };
}
