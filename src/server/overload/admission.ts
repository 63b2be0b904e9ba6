export interface AdmissionSettings {
  /** requests under way at once */
  readonly running: number;
  /** requests that may wait for as long as it is a burst */
  readonly burst: number;
  /** requests that may wait where there are always some waiting */
  readonly standing: number;
  /** how long a queue may last and still be taken for a burst [ms] */
  readonly burstMs: number;
  /** longest that one request may wait [ms] */
  readonly patienceMs: number;
}

/**
 * For a limit of requests under way: twice as many may wait in a burst, half as many in a queue that stands. By Little's
 * law, an accepted request then takes at most 1.5 times what it takes with all places taken and none waiting.
 */
export function settingsFor(running: number): AdmissionSettings {
  return { running, burst: 2 * running, standing: Math.ceil(running / 2), burstMs: 100, patienceMs: 1000 };
}

interface Waiting {
  readonly since: number;
  readonly start: () => void;
  readonly refuse: () => void;
  gone: boolean;
}

/** Why requests were refused: no room for a burst, a queue that stands, or a wait that became too long. */
export type Refusal = "burst" | "standing" | "patience";

/**
 * Lets so many requests run at once and a few wait; whoever cannot be served soon is told at once. How many may wait
 * follows CoDel's idea (Nichols & Jacobson 2012, ACM Queue 10, 5; for servers Maurer 2015, ACM Queue 13, 8): a queue
 * that empties now and then absorbs bursts and may be long, one that stands only adds its length to every answer.
 */
export class Admission {
  readonly refused: Record<Refusal, number> = { burst: 0, standing: 0, patience: 0 };
  private active = 0;
  private readonly queue: Waiting[] = [];
  /** when the queue was last known to be empty [ms] */
  private emptyAt: number;

  /** @param now a clock [ms] that never goes back */
  constructor(
    private readonly settings: AdmissionSettings,
    private readonly now: () => number,
  ) {
    this.emptyAt = now();
  }

  get running(): number {
    return this.active;
  }

  get waiting(): number {
    return this.queue.length;
  }

  /** Whether a request that comes now is refused; counts it where it is. Asked before anything is done for it. */
  refuses(): boolean {
    if (this.active < this.settings.running || this.queue.length < this.room()) return false;
    this.refused[this.stands() ? "standing" : "burst"]++;
    return true;
  }

  /**
   * Calls `start` now or later, or else `refuse`. Every start is to be followed by one `leave`.
   *
   * @returns to be called by a request that gives up: it loses its place in the queue
   */
  enter(start: () => void, refuse: () => void): () => void {
    const request: Waiting = { since: this.now(), start, refuse, gone: false };
    if (this.queue.length === 0) this.emptyAt = request.since;
    if (this.active < this.settings.running && this.queue.length === 0) this.begin(request);
    else if (this.refuses()) refuse();
    else this.queue.push(request);
    return () => {
      request.gone = true;
    };
  }

  /** A request that ran has ended: the next ones may start. */
  leave(): void {
    this.active--;
    this.settle();
  }

  /** Refuses who waited too long and starts who may: at every end, and now and then where none ends. */
  settle(): void {
    const now = this.now();
    while (this.queue[0]) {
      const tooLong = now - this.queue[0].since > this.settings.patienceMs;
      if (this.queue[0].gone) this.queue.shift();
      // Who came first is refused first: of those who wait, their answers would be the latest.
      else if (tooLong || this.queue.length > this.room()) this.turnAway(tooLong ? "patience" : "standing");
      else if (this.active < this.settings.running) this.begin(this.queue.shift()!);
      else return;
    }
    this.emptyAt = now;
  }

  private stands(): boolean {
    return this.queue.length > 0 && this.now() - this.emptyAt > this.settings.burstMs;
  }

  private room(): number {
    return this.stands() ? this.settings.standing : this.settings.burst;
  }

  private begin({ start }: Waiting): void {
    this.active++;
    start();
  }

  private turnAway(why: Refusal): void {
    this.refused[why]++;
    this.queue.shift()!.refuse();
  }
}
