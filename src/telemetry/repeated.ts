/** [ms] */
const ONCE_IN_MS = 1000;
/** Things that are remembered at once; beyond them the counts start again. */
const MOST = 100;

/** Says the same thing once a second at most, and how often it happened since: an outage makes an error for every request. */
export class Repeated {
  private readonly seen = new Map<string, { at: number; since: number }>();

  /** @param now a clock [ms] that never goes back */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** @returns how often it happened since it was last said, this time included; null if it was said within the last second */
  count(what: string): number | null {
    const known = this.seen.get(what);
    if (known && this.now() - known.at < ONCE_IN_MS) {
      known.since++;
      return null;
    }
    if (this.seen.size >= MOST) this.seen.clear();
    this.seen.set(what, { at: this.now(), since: 0 });
    return (known?.since ?? 0) + 1;
  }
}
