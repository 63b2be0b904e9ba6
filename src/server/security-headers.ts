import type { OutgoingHttpHeader } from "node:http";
import helmet, { type FastifyHelmetOptions } from "@fastify/helmet";
import type { FastifyInstance } from "fastify";

/**
 * Adds helmet's headers to every answer. They are always the same, and computing them takes 5% of the time of a short
 * answer, so helmet computes them for the first request only.
 */
export async function addSecurityHeaders(http: FastifyInstance, options: FastifyHelmetOptions): Promise<void> {
  await http.register(helmet, { ...options, global: false });
  let known: [name: string, value: OutgoingHttpHeader][] | null = null;
  http.addHook("onRequest", async (_request, { raw, helmet: ask }) => {
    if (!known) {
      await ask();
      known = Object.entries(raw.getHeaders()).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
    }
    for (const [name, value] of known) raw.setHeader(name, value);
  });
}
