/**
 * Limits how much work runs at once; owners whose work waits take turns. A request with fifty pages does not keep another
 * request's only page waiting for all of them.
 */
export class FairTurns {
  private running = 0;
  /** what waits, by owner, in the order of the owners' turns */
  private readonly lines = new Map<object, (() => void)[]>();

  /** @param most turns at once */
  constructor(private readonly most: number) {}

  async take<T>(owner: object, work: () => Promise<T>): Promise<T> {
    if (this.running < this.most) this.running++;
    else await new Promise<void>((begin) => this.wait(owner, begin));
    try {
      return await work();
    } finally {
      this.end();
    }
  }

  private wait(owner: object, begin: () => void): void {
    const line = this.lines.get(owner);
    if (line) line.push(begin);
    else this.lines.set(owner, [begin]);
  }

  /** Passes the turn on to the owner whose last one is longest ago. */
  private end(): void {
    const [next] = this.lines;
    if (!next) {
      this.running--;
      return;
    }
    const [owner, [begin, ...rest]] = next;
    this.lines.delete(owner);
    if (rest.length > 0) this.lines.set(owner, rest);
    begin?.();
  }
}
