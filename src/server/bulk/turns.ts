import { AppError } from "../../errors";

/** Where somebody has waited so long [ms], nobody else begins to: statements of rare filters can take minutes each. */
const PATIENCE_MS = 10_000;

interface Waiting {
  readonly came: number;
  readonly start: () => void;
}

/**
 * Lets so many work at once; the others wait for their turn in the order they came. A transfer needs one for each of its
 * chunks, and none while its client takes what it has: however many are under way, the quick ones share what there is.
 */
export class Turns {
  private running = 0;
  private readonly waiting: Waiting[] = [];

  /** @param now a clock [ms] that never goes back */
  constructor(
    private readonly most: number,
    private readonly now: () => number,
  ) {}

  /** @throws AppError OVERLOADED where a turn is not to be had soon */
  requireSoon(): void {
    const [next] = this.waiting;
    if (next && this.now() - next.came > PATIENCE_MS)
      throw new AppError("OVERLOADED", "The transfers under way keep the database busy. Try again when one of them has ended.");
  }

  /** @param signal gives a turn up that has not begun; taking it then rejects with its reason */
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

  /** Whoever is next works in this one's stead. */
  private end(): void {
    const next = this.waiting.shift();
    if (next) next.start();
    else this.running--;
  }
}
