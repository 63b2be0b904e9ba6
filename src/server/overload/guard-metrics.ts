import { Counter, Gauge, type Registry } from "prom-client";
import type { Admission, Refusal } from "./admission";

/** How full the server is, and whom it turned away. */
export function guardMetrics(registry: Registry, admission: Admission): void {
  const registers = [registry];
  new Gauge({
    name: "asterism_requests_under_way",
    help: "Requests that are limited by ASTERISM_CONCURRENCY: those that run, and those that wait.",
    labelNames: ["state"],
    registers,
    collect() {
      this.set({ state: "running" }, admission.running);
      this.set({ state: "waiting" }, admission.waiting);
    },
  });
  new Counter({
    name: "asterism_requests_refused_total",
    help: "Requests that were told 503: no room for a burst, a queue that stands, or a wait that became too long.",
    labelNames: ["reason"],
    registers,
    collect() {
      this.reset();
      for (const reason of Object.keys(admission.refused) as Refusal[]) this.inc({ reason }, admission.refused[reason]);
    },
  });
}
