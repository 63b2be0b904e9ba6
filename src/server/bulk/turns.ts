import { AppError } from "../../errors";

/** No new work is accepted while other work has waited for so long [ms]: statements with rare filters can take minutes. */
const PATIENCE_MS = 10_000;

interface Waiting {
  readonly came: number;
  readonly start: () => void;
}

/**
 * Limits how much work runs at once; the rest waits in order of arrival. A transfer takes one turn per chunk and none while its
 * client reads, so slow clients do not hold up fast ones.
 */
export class Turns {
  private running = 0;
  private readonly waiting: Waiting[] = [];

  /**
   * @param most turns at once
   * @param now a monotonic clock [ms]
   */
  constructor(
    private readonly most: number,
    private readonly now: () => number,
  ) {}

  /** @throws AppError OVERLOADED if other work has been waiting for long */
  requireSoon(): void {
    const [next] = this.waiting;
    if (next && this.now() - next.came > PATIENCE_MS)
      throw new AppError("OVERLOADED", "Other transfers keep the server busy. Try again in a minute.");
  }

  /** @param signal if it aborts before the turn begins, rejects with its reason */
  async take<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    if (this.running < this.most) this.running++;
    else await this.begin(signal);
    try {
      return await work();
    } finally {
      this.end();
    }
  }

  private begin(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.waiting.splice(this.waiting.indexOf(one), 1);
        reject(signal?.reason as Error);
      };
      const start = () => {
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      const one = { came: this.now(), start };
      signal?.addEventListener("abort", leave, { once: true });
      this.waiting.push(one);
    });
  }

  /** Passes the turn on to the next in line. */
  private end(): void {
    const next = this.waiting.shift();
    if (next) next.start();
    else this.running--;
  }
}
