import { performance } from "node:perf_hooks";
import type { FastifyInstance, FastifyReply } from "fastify";
import "../route-role";
import { Admission, PATIENCE_MS } from "./admission";

/** [s] The least that the header can say: pressure is over a quarter of a second after the requests become fewer. */
const RETRY_AFTER = "1";

/** Written once: refusing must cost next to nothing. */
const REFUSAL = JSON.stringify({
  errors: [{ message: "The server has all the work it can do. Try again in a moment.", extensions: { code: "OVERLOADED" } }],
});

function refuse(reply: FastifyReply): void {
  reply.code(503).header("retry-after", RETRY_AFTER).type("application/json; charset=utf-8").send(REFUSAL);
}

/**
 * Limits the requests that are under way at once, but for those of routes that have a role of their own. Who comes while none more may
 * wait is refused before its body is read; the others take their place once it is, so that a slow sender holds none.
 *
 * @param most requests at once
 */
export function addGuard(http: FastifyInstance, most: number): Admission {
  const admission = new Admission(most, () => performance.now());
  // Where no request ends, as on a database that hangs, those that wait are still told in time.
  const sweep = setInterval(() => admission.settle(), PATIENCE_MS / 4).unref();
  http.addHook("onClose", async () => clearInterval(sweep));
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
