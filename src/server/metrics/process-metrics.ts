import { collectDefaultMetrics, Registry } from "prom-client";

let metrics: Registry | null = null;

/**
 * Memory, processor time, garbage collection and event-loop delay, under the names that Prometheus's Node dashboards
 * know. One registry a process, whatever number of servers it runs: its observers cannot be taken back. The event
 * loop's percentiles are those since the last scrape, so one Prometheus should scrape a server.
 */
export function processMetrics(): Registry {
  if (metrics) return metrics;
  metrics = new Registry();
  collectDefaultMetrics({ register: metrics, eventLoopMonitoringPrecision: 10 });
  return metrics;
}
