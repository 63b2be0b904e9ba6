import { collectDefaultMetrics, Registry } from "prom-client";

let metrics: Registry | null = null;

/**
 * Memory, processor time, garbage collection and event-loop delay, under the names that Prometheus's Node dashboards
 * expect. One registry per process, however many servers it runs, because its observers cannot be removed. Each scrape
 * resets the percentiles of the event loop, so only one Prometheus should scrape a server.
 */
export function processMetrics(): Registry {
  if (metrics) return metrics;
  metrics = new Registry();
  collectDefaultMetrics({ register: metrics, eventLoopMonitoringPrecision: 10 });
  return metrics;
}
