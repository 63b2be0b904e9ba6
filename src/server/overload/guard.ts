import type { IncomingMessage, ServerResponse } from "node:http";
import { performance } from "node:perf_hooks";
import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Budgets } from "../client/budgets";
import type { Clients } from "../client/clients";
import "../route-role";
import { whenClosed } from "../when-closed";
import { Admission, type Place } from "./admission";
import { addDoor } from "./door";
import { EXHAUSTED_REFUSAL, JSON_REFUSAL, writeRefusal } from "./refusal";
import { SlowDown, WAIT_MS } from "./slow-down";
import { Turn } from "./turn";

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
/** How often the event loop's delay is looked at [ms]. */
const LOOK_MS = 20;
/** Dear requests that run at once, as a share of all: one of them does the work of a hundred others. */
const DEAR_SHARE = 1 / 8;

const now = () => performance.now();

const isGuarded = ({ routeOptions: { config } }: FastifyRequest): boolean => config.role === undefined || config.guarded === true;

function watch(...admissions: readonly Admission[]): NodeJS.Timeout {
  let looked = now();
  return setInterval(() => {
    const late = Math.max(0, now() - looked - LOOK_MS);
    looked += late + LOOK_MS;
    for (const admission of admissions) {
      admission.delayed(late);
      // Where no request ends, as on a database that hangs, those that wait are still told in time.
      admission.settle();
    }
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

/** What tells clients apart, and what each may spend. */
export interface Sharing {
  readonly clients: Clients;
  readonly budgets: Budgets;
}

/**
 * Limits the number of requests in progress, except on routes with a role, and shares it among clients. If no more may wait, a
 * request is refused before its body is read. Other requests take their place only after their body has been read, so slow senders
 * hold none. A dear request, as soon as that is known, waits among the dear ones only.
 */
export class Guard {
  readonly admission: Admission;
  private readonly dear: Admission;
  private readonly slowDown = new SlowDown(now);
  private readonly leave = atTurnsEnd();

  /** @param most requests that run at once */
  constructor(
    http: FastifyInstance,
    most: number,
    private readonly sharing: Sharing,
  ) {
    const turn = new Turn(now);
    this.admission = new Admission(most, now, turn);
    this.dear = new Admission(Math.ceil(most * DEAR_SHARE), now, turn);
    const look = watch(this.admission, this.dear);
    http.decorateRequest("place", null);
    http.addHook("onClose", async () => clearInterval(look));
    addDoor(http, (request, response) => this.refuses(request, response));
    this.addHooks(http);
  }

  /** Moves a request from its place to one among the dear ones. @returns false, late, if there is none */
  enterDear(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    request.place?.leave();
    return new Promise((resolve) => {
      const refuse = () => this.slowDown.refuse(request.raw.socket, () => resolve(false));
      this.take(
        reply,
        this.dear.enter(() => resolve(true), refuse, this.sharing.clients.of(request.raw)),
      );
    });
  }

  /** Holds back the answer to a faulty request, without a place, where its client sends many. */
  private slowFault(request: FastifyRequest, answer: () => void): void {
    if (this.slowDown.isTooFaulty(this.sharing.clients.of(request.raw))) {
      request.place?.leave();
      this.slowDown.after(WAIT_MS, answer);
    } else answer();
  }

  private addHooks(http: FastifyInstance): void {
    http.addHook("onRequest", (request, reply, next) => {
      const { refusedAtDoor } = request.routeOptions.config;
      if (isGuarded(request) && !refusedAtDoor && this.admission.refuses(this.sharing.clients.of(request.raw))) this.refuse(reply);
      else next();
    });
    http.addHook("preHandler", (request, reply, next) => {
      if (!isGuarded(request)) return next();
      this.take(
        reply,
        this.admission.enter(next, () => this.refuse(reply), this.sharing.clients.of(request.raw)),
      );
    });
    http.addHook("onSend", (request, { statusCode }, payload, next) => {
      const isFault = statusCode >= 400 && statusCode < 500 && request.routeOptions.config.refusedAtDoor;
      if (isFault) this.slowFault(request, () => next(null, payload));
      else next(null, payload);
    });
    http.addHook("onSend", (request, reply, payload, next) => {
      if (request.routeOptions.config.role !== "bulk") reply.raw.setTimeout(UNTAKEN_MS);
      // An answer in one piece is finished work: other requests need not wait until its client has read it.
      if (request.place && !(payload instanceof Readable)) this.leave(request.place);
      next(null, payload);
    });
  }

  private take(reply: FastifyReply, place: Place): void {
    reply.request.place = place;
    whenClosed(reply, () => this.leave(place));
  }

  /** At the door, where a request is not known but for its connection and its headers. */
  private refuses(request: IncomingMessage, response: ServerResponse): boolean {
    const { clients, budgets } = this.sharing;
    const client = clients.of(request);
    const seconds = budgets.exhaustedFor(client);
    if (seconds === 0 && !this.admission.refuses(client)) return false;
    const write = () =>
      seconds > 0 ? writeRefusal(request, response, EXHAUSTED_REFUSAL, [429, seconds]) : writeRefusal(request, response, JSON_REFUSAL);
    this.slowDown.refuse(request.socket, write);
    return true;
  }

  /** @param reply of a request that Fastify knows */
  private refuse(reply: FastifyReply): void {
    reply.hijack();
    const { raw, request } = reply;
    const { refusal = JSON_REFUSAL } = request.routeOptions.config;
    this.slowDown.refuse(request.raw.socket, () => writeRefusal(request.raw, raw, refusal));
  }
}
