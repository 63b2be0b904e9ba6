import { Counter, Gauge, type Registry } from "prom-client";
import type { Admission } from "./admission";

/** Running, waiting and refused requests. */
export function guardMetrics(registry: Registry, admission: Admission): void {
  const registers = [registry];
  new Gauge({
    name: "asterism_requests_under_way",
    help: "Requests that run, those that wait, and how many may run at present.",
    labelNames: ["state"],
    registers,
    collect() {
      this.set({ state: "running" }, admission.running);
      this.set({ state: "waiting" }, admission.waiting);
      this.set({ state: "limit" }, admission.limit);
    },
  });
  new Counter({
    name: "asterism_requests_refused_total",
    help: "Requests that were told 503 because the server had all the work it can do.",
    registers,
    collect() {
      this.reset();
      this.inc(admission.refused);
    },
  });
}
