import type { FastifyInstance } from "fastify";
import type { Services } from "../../graphql/services";
import type { Readiness } from "./readiness";

const WATCH = { config: { role: "watch" } } as const;

/** `/health/live`: the process is running. `/health/ready`: every part that it depends on works. */
export function addHealth(http: FastifyInstance, services: () => Services | null, readiness: Readiness): void {
  http.get("/health/live", WATCH, async () => ({ status: "live" }));
  http.get("/health/ready", WATCH, async (_request, reply) => {
    const running = services();
    // Starting or shutting down: there is nothing to check.
    const checks = running ? await readiness.check(running) : {};
    const ready = running !== null && Object.values(checks).every(({ status }) => status === "ok");
    return reply
      .code(ready ? 200 : 503)
      .header("cache-control", "no-store")
      .send({ status: ready ? "ready" : "not ready", checks });
  });
}
