import { performance } from "node:perf_hooks";
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply } from "fastify";
import "../route-role";
import { whenClosed } from "../when-closed";
import { Admission, type Place } from "./admission";
import { addDoor } from "./door";
import { JSON_REFUSAL, writeRefusal } from "./refusal";

declare module "fastify" {
  interface FastifyRequest {
    /**
     * The request's place among those that run or wait; null if it needs none. Not in a WeakMap: V8's scavenger keeps a
     * WeakMap's values alive until the next major collection, and each of these holds its request.
     */
    place: Place | null;
  }
}

/** Longest that a client may take nothing of its answer [ms]: until then it is kept in memory for it. */
const UNTAKEN_MS = 60_000;

/** @param reply of a route that is not refused at the door */
function refuse(reply: FastifyReply): void {
  reply.hijack();
  const { raw, request } = reply;
  writeRefusal(request.raw, raw, request.routeOptions.config.refusal ?? JSON_REFUSAL);
}

/** How often the event loop's delay is looked at [ms]. */
const LOOK_MS = 20;

function watch(admission: Admission): NodeJS.Timeout {
  let looked = performance.now();
  return setInterval(() => {
    const now = performance.now();
    admission.delayed(Math.max(0, now - looked - LOOK_MS));
    looked = now;
    // Where no request ends, as on a database that hangs, those that wait are still told in time.
    admission.settle();
  }, LOOK_MS).unref();
}

/**
 * Gives places back at the end of the event loop's turn. The embedded database answers within a turn: requests that arrive
 * together would each find all places free, and queue in their sockets, unseen.
 */
function atTurnsEnd(): (place: Place) => void {
  let ending: Place[] = [];
  return (place) => {
    if (ending.push(place) > 1) return;
    setImmediate(() => {
      const places = ending;
      ending = [];
      for (const each of places) each.leave();
    });
  };
}

/**
 * Limits the number of requests in progress, except on routes with a role. If no more may wait, a request is refused before its
 * body is read. Other requests take their place only after their body has been read, so slow senders hold none.
 *
 * @param most requests that run at once
 */
export function addGuard(http: FastifyInstance, most: number): Admission {
  const admission = new Admission(most, () => performance.now());
  const look = watch(admission);
  const leave = atTurnsEnd();
  http.decorateRequest("place", null);
  http.addHook("onClose", async () => clearInterval(look));
  addDoor(http, () => admission.refuses());
  http.addHook("onRequest", (request, reply, next) => {
    const { role, refusedAtDoor } = request.routeOptions.config;
    if (!role && !refusedAtDoor && admission.refuses()) refuse(reply);
    else next();
  });
  http.addHook("preHandler", (request, reply, next) => {
    if (request.routeOptions.config.role) return next();
    const place = admission.enter(next, () => refuse(reply));
    request.place = place;
    whenClosed(reply, () => leave(place));
  });
  http.addHook("onSend", (request, reply, payload, next) => {
    if (request.routeOptions.config.role !== "bulk") reply.raw.setTimeout(UNTAKEN_MS);
    // An answer in one piece is finished work: other requests need not wait until its client has read it.
    if (request.place && !(payload instanceof Readable)) leave(request.place);
    next(null, payload);
  });
  return admission;
}
