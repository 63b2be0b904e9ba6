import { Gauge, type Registry } from "prom-client";
import type { PoolUse } from "../../database/database";
import type { Services } from "../../graphql/services";

/** Queues and the connection pool, read on each scrape. @param services null during start and shutdown */
export function serviceMetrics(registry: Registry, services: () => Services | null): void {
  const registers = [registry];
  new Gauge({
    name: "asterism_inference_waiting_stars",
    help: "Stars that wait for inference or are in it.",
    registers,
    collect() {
      this.set(services()?.predictor.waiting ?? 0);
    },
  });
  new Gauge({
    name: "asterism_database_connections",
    help: "Connections to PostgreSQL that are busy or idle, and who waits for one; none on the embedded engine.",
    labelNames: ["state"],
    registers,
    collect() {
      const { open, idle, waiting }: PoolUse = services()?.database.poolUse() ?? { open: 0, idle: 0, waiting: 0 };
      this.set({ state: "busy" }, open - idle);
      this.set({ state: "idle" }, idle);
      this.set({ state: "waiting" }, waiting);
    },
  });
  new Gauge({
    name: "asterism_info",
    help: "Which asterism this is, and on which database engine: always 1.",
    labelNames: ["version", "engine"],
    registers,
    collect() {
      const running = services();
      if (running) this.set({ version: running.version, engine: running.database.engine }, 1);
    },
  });
}
