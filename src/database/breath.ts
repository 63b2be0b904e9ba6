import { performance } from "node:perf_hooks";
import { setImmediate } from "node:timers/promises";

/** [ms] The longest that statements may follow each other without anything else getting its turn. */
const LONGEST_MS = 5;

/**
 * Lets the event loop turn between the statements of an engine that answers within one turn: a chain of them would otherwise
 * run to its end before a request is read, a timer runs or a byte is sent.
 */
export class Breath {
  private last = performance.now();

  /** To be awaited before each statement. */
  async take(): Promise<void> {
    if (performance.now() - this.last < LONGEST_MS) return;
    await setImmediate();
    this.last = performance.now();
  }
}
