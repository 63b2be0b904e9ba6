import type { OutgoingHttpHeader } from "node:http";
import helmet, { type FastifyHelmetOptions } from "@fastify/helmet";
import type { FastifyInstance } from "fastify";

/**
 * Gives every answer helmet's headers. They are the same on each, and working them out takes a twentieth of a short
 * answer's time: helmet is asked by the first request only.
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
