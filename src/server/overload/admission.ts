import { Capacity } from "./capacity";
import type { Turn } from "./turn";
import { WaitingLine } from "./waiting-line";

/** During a burst this many times the normal number may wait, for this long [ms]. */
const BURST = 8;
const BURST_MS = 50;
/** A request that has waited this long is refused [ms]. */
const PATIENCE_MS = 1000;

interface Request {
  readonly came: number;
  readonly client: string;
  readonly start: () => void;
  readonly refuse: () => void;
  state: "waiting" | "running" | "left";
}

/** A request's place among the running or the waiting ones. */
export interface Place {
  /** Gives it back; only the first call counts. */
  leave(): void;
}

/** Where the asker does not tell clients apart. */
const ANYBODY = "";

/**
 * Lets a limited number of requests run at once and some wait, and refuses the others at once. A long queue is allowed for the
 * short time of a burst and cut when it stands, as CoDel does (Nichols & Jacobson 2012, ACM Queue 10, 5; for servers Maurer
 * 2015, ACM Queue 13, 8): a standing queue makes every answer later and none earlier.
 *
 * Clients share it fairly: whoever has the fewest requests running is next, and whoever has the most is refused first.
 */
export class Admission {
  /** how many were refused */
  refused = 0;
  private active = 0;
  private readonly continue = () => this.settle();
  private readonly line = new WaitingLine<Request>();
  private readonly capacity: Capacity;
  /** since when more requests wait than normally may [ms]; null if they do not */
  private crowdedSince: number | null = null;

  /**
   * @param most requests that run at once while there is no pressure
   * @param now a clock [ms] that never goes back
   * @param turn the event loop's; absent: a request begins as soon as there is a place
   */
  constructor(
    most: number,
    private readonly now: () => number,
    private readonly turn?: Turn,
  ) {
    this.capacity = new Capacity(most, now());
  }

  get running(): number {
    return this.active;
  }

  get waiting(): number {
    return this.line.length;
  }

  /** How many may run at present. */
  get limit(): number {
    return this.capacity.running;
  }

  /** Decides whether a request that arrives now is refused, and counts it if so. To be asked before anything else is done. */
  refuses(client = ANYBODY): boolean {
    const now = this.now();
    this.capacity.review(now);
    if (this.active < this.capacity.running || this.line.length < this.room(now)) return false;
    this.capacity.press(now);
    // Another one's request gives way, once this one really comes.
    if (this.line.hasHeavierThan(client)) return false;
    this.countRefusal();
    this.settle();
    return true;
  }

  /** Calls `start` now or later, or else `refuse`. */
  enter(start: () => void, refuse: () => void, client = ANYBODY): Place {
    const now = this.now();
    const request: Request = { came: now, client, start, refuse, state: "waiting" };
    if (this.line.length === 0 && this.mayBegin()) this.begin(request);
    else if (this.refuses(client)) this.turnAway(request);
    else {
      this.line.push(request);
      if (this.line.length > this.room(now)) this.refuseOneOf(this.line.heaviest());
    }
    return { leave: () => this.leave(request) };
  }

  /** @param milliseconds by which the event loop was late */
  delayed(milliseconds: number): void {
    this.capacity.delayed(milliseconds);
  }

  /** Refuses who waited too long and starts who may: at every end, and now and then where none ends. */
  settle(): void {
    const now = this.now();
    this.capacity.review(now);
    for (let head = this.line.head; head; head = this.line.head) {
      // Off the line before anything is called: a request that is over at once comes here again.
      if (now - head.came > PATIENCE_MS) this.refuseOneOf(head);
      // Who came first is refused first: of those who wait, their answers would be the latest.
      else if (this.capacity.underPressure && this.line.length > this.capacity.waiting) this.refuseOneOf(this.line.heaviest());
      else if (this.mayBegin()) this.begin(this.line.takeNext());
      else break;
    }
    if (this.line.length <= this.capacity.waiting) this.crowdedSince = null;
  }

  private mayBegin(): boolean {
    return this.active < this.capacity.running && (this.turn?.hasTime(this.continue) ?? true);
  }

  /** How many may wait now. */
  private room(now: number): number {
    const { underPressure, waiting } = this.capacity;
    if (underPressure || this.line.length < waiting) return waiting;
    this.crowdedSince ??= now;
    return now - this.crowdedSince > BURST_MS ? waiting : BURST * waiting;
  }

  private begin(request: Request): void {
    this.active++;
    this.line.started(request.client);
    request.state = "running";
    request.start();
  }

  private refuseOneOf(request: Request): void {
    this.line.remove(request);
    this.countRefusal();
    this.turnAway(request);
  }

  private turnAway(request: Request): void {
    request.state = "left";
    request.refuse();
  }

  private countRefusal(): void {
    this.refused++;
    this.capacity.refused();
  }

  private leave(request: Request): void {
    const { state } = request;
    request.state = "left";
    if (state === "waiting") this.line.remove(request);
    if (state !== "running") return;
    this.active--;
    this.line.ended(request.client);
    this.capacity.ended(this.now() - request.came);
    this.settle();
  }
}
