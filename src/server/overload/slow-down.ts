import type { Socket } from "node:net";
import { LRUCache } from "lru-cache";
import { RETRY_AFTER_S } from "./refusal";

export const WAIT_MS = 1000 * RETRY_AFTER_S;
/** Answers that are held back at once, each with its request; beyond them they are sent at once. */
const MOST_HELD = 4096;
/** Faulty requests of one client that are answered at once in a second: as many as a person and a few programs make. */
const MOST_FAULTS = 20;
const MOST_CLIENTS = 10_000;

/**
 * Holds back the refusals of clients that go on at once after one. Otherwise a client that repeats refused requests in a loop takes
 * the processor with refusals alone: 35,000 a second of those at the door, or some hundreds whose query had to be read first.
 */
export class SlowDown {
  private held = 0;
  /** when a connection may ask again without being slowed down [ms] */
  private readonly until = new WeakMap<Socket, number>();
  /** faulty requests within a second, by client */
  private readonly faults = new LRUCache<string, { count: number }>({ max: MOST_CLIENTS, ttl: 1000 });

  /** @param now a clock [ms] that never goes back */
  constructor(private readonly now: () => number) {}

  /** Calls `answer` now, or if the connection was refused within the last second, when that second is over. */
  refuse(socket: Socket, answer: () => void): void {
    const now = this.now();
    const waitMs = Math.min(WAIT_MS, (this.until.get(socket) ?? 0) - now);
    this.until.set(socket, now + Math.max(0, waitMs) + WAIT_MS);
    if (waitMs <= 0) answer();
    else this.after(waitMs, answer);
  }

  /** @returns whether the answer to a client's faulty request has to be held back, with `after` */
  isTooFaulty(client: string): boolean {
    const known = this.faults.get(client);
    if (known) return ++known.count > MOST_FAULTS;
    this.faults.set(client, { count: 1 });
    return false;
  }

  /** Calls `answer` after this time and up to half as long again: what was refused together shall not come again together. */
  after(waitMs: number, answer: () => void): void {
    if (this.held >= MOST_HELD) {
      answer();
      return;
    }
    this.held++;
    setTimeout(
      () => {
        this.held--;
        answer();
      },
      waitMs * (1 + Math.random() / 2),
    ).unref();
  }
}
