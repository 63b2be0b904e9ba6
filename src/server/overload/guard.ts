import { performance } from "node:perf_hooks";
import type { FastifyInstance, FastifyReply } from "fastify";
import "../route-role";
import { Admission } from "./admission";

/** [s] The least that the header can say: pressure is over a quarter of a second after the requests become fewer. */
const RETRY_AFTER = "1";

const REFUSAL = Buffer.from(
  JSON.stringify({
    errors: [{ message: "The server has all the work it can do. Try again in a moment.", extensions: { code: "OVERLOADED" } }],
  }),
);

/**
 * Refusing must cost next to nothing, or it is what the server has no time for: what is written is made beforehand, and
 * passes by everything that other answers go through.
 */
function refuse(reply: FastifyReply): void {
  reply.hijack();
  const { raw, request } = reply;
  raw.writeHead(503, {
    "content-type": "application/json; charset=utf-8",
    "content-length": REFUSAL.length,
    "retry-after": RETRY_AFTER,
    "x-request-id": request.id,
    "x-content-type-options": "nosniff",
  });
  raw.end(REFUSAL);
}

/** How often the event loop's delay is looked at [ms]. */
const LOOK_MS = 20;

/**
 * Limits the requests that are under way at once, but for those of routes that have a role of their own. Who comes while none more may
 * wait is refused before its body is read; the others take their place once it is, so that a slow sender holds none.
 *
 * @param most requests at once
 */
export function addGuard(http: FastifyInstance, most: number): Admission {
  const admission = new Admission(most, () => performance.now());
  let looked = performance.now();
  const look = setInterval(() => {
    const now = performance.now();
    admission.delayed(Math.max(0, now - looked - LOOK_MS));
    looked = now;
    // Where no request ends, as on a database that hangs, those that wait are still told in time.
    admission.settle();
  }, LOOK_MS).unref();
  http.addHook("onClose", async () => clearInterval(look));
  http.addHook("onRequest", (request, reply, next) => {
    if (!request.routeOptions.config.role && admission.refuses()) refuse(reply);
    else next();
  });
  http.addHook("preHandler", (request, reply, next) => {
    if (request.routeOptions.config.role) return next();
    const place = admission.enter(next, () => refuse(reply));
    reply.raw.once("close", () => place.leave());
  });
  return admission;
}
