import type { Socket } from "node:net";
import { RETRY_AFTER_S } from "./refusal";

const WAIT_MS = 1000 * RETRY_AFTER_S;
/** Refusals that are held back at once, each with its request; beyond them they are answered at once. */
const MOST_HELD = 4096;

/**
 * Holds back refusals from connections that do not wait after one. Answering at once would let a client that repeats refused requests
 * at once take the processor with refusals alone: 35,000 a second.
 */
export class SlowDown {
  private held = 0;
  /** when a connection may ask again without being slowed down [ms] */
  private readonly until = new WeakMap<Socket, number>();

  /** @param now a clock [ms] that never goes back */
  constructor(private readonly now: () => number) {}

  /** Calls `answer` now, or if the connection was refused within the last second, when that second is over. */
  refuse(socket: Socket, answer: () => void): void {
    const now = this.now();
    const waitMs = Math.min(WAIT_MS, (this.until.get(socket) ?? 0) - now);
    if (waitMs <= 0 || this.held >= MOST_HELD) {
      this.until.set(socket, now + WAIT_MS);
      answer();
      return;
    }
    this.until.set(socket, now + waitMs + WAIT_MS);
    this.held++;
    setTimeout(() => {
      this.held--;
      answer();
    }, waitMs).unref();
  }
}
