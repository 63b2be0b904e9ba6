/** [ms] Work that may begin within one turn of the event loop. */
const LONGEST_MS = 10;

/**
 * Bounds the work that begins within one turn of the event loop. A hundred requests that arrive together are read within one turn;
 * if each began at once, whoever arrives next would wait for all of them, unseen, however fair the line is.
 */
export class Turn {
  private began: number | null = null;
  private readonly next = new Set<() => void>();

  /** @param now a clock [ms] that never goes back */
  constructor(private readonly now: () => number) {}

  /** Whether this turn has time for more work; if not, calls `later` in the next one. */
  hasTime(later: () => void): boolean {
    this.began ??= this.begin();
    if (this.now() - this.began < LONGEST_MS) return true;
    this.next.add(later);
    return false;
  }

  private begin(): number {
    setImmediate(() => {
      this.began = null;
      const waiting = [...this.next];
      this.next.clear();
      for (const work of waiting) work();
    });
    return this.now();
  }
}
