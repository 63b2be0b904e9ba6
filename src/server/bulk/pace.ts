/** A client below this rate [byte/s] is slow: a quarter of a Mbit/s, a bad mobile link. Bytes are counted before compression. */
const LEAST_RATE = 32 * 1024;

/**
 * How long a client may take nothing at all [ms]. The kernel reports progress only after a third of its send buffer, up to a
 * megabyte or so, has been taken, which lasts half a minute at the least rate.
 */
const GRACE_MS = 30_000;

/**
 * Whether a client keeps up with its transfer. The client has a credit of time. It is used up while the server waits for the client,
 * and refilled by every byte that moves, at the least rate. While the server itself works, the credit stays the same.
 */
export class Pace {
  private left = GRACE_MS;
  private waitingSince: number | null = null;

  /** @param now a monotonic clock [ms] */
  constructor(private readonly now: () => number) {}

  /** [ms] that the client may still keep the server waiting; negative if it is slow */
  get credit(): number {
    return this.waitingSince === null ? this.left : this.left - (this.now() - this.waitingSince);
  }

  /** The server starts to wait for the client. */
  waits(): void {
    this.waitingSince ??= this.now();
  }

  /** The client took or sent this many bytes, and is still waited for. */
  moved(bytes: number): void {
    this.left = Math.min(GRACE_MS, this.credit + (1000 * bytes) / LEAST_RATE);
    this.waitingSince = this.now();
  }

  /** The server works again and no longer waits for the client. */
  rests(): void {
    this.left = this.credit;
    this.waitingSince = null;
  }
}
