/** Who is slower than this [byte/s] is slow: a quarter of a megabit, a bad mobile link. Of a file, before it is compressed. */
const LEAST_RATE = 32 * 1024;

/**
 * How long a client may take nothing at all [ms]. The kernel asks for more only when a third of what it holds, up to some
 * megabyte, has been taken, which one at the least rate takes half a minute for.
 */
const GRACE_MS = 30_000;

/**
 * How a client keeps up with its transfer. The time that the server waits for it is paid from a credit, and what it takes
 * or sends pays back the time that the least rate would have needed; while the server is at work, nothing is paid.
 */
export class Pace {
  private left = GRACE_MS;
  private waitingSince: number | null = null;

  /** @param now a clock [ms] that never goes back */
  constructor(private readonly now: () => number) {}

  /** [ms] for which it may still be waited for; below 0 it is slow. */
  get credit(): number {
    return this.waitingSince === null ? this.left : this.left - (this.now() - this.waitingSince);
  }

  /** From now on the client is waited for. */
  waits(): void {
    this.waitingSince ??= this.now();
  }

  /** The client took or sent so many. */
  moved(bytes: number): void {
    this.left = Math.min(GRACE_MS, this.credit + (1000 * bytes) / LEAST_RATE);
    this.waitingSince = this.now();
  }

  /** From now on the server is at work. */
  rests(): void {
    this.left = this.credit;
    this.waitingSince = null;
  }
}
