/** How long is looked at before the limits are set anew [ms]. */
const WINDOW_MS = 250;
/** Under pressure, an accepted request may take so many times what it normally takes, its wait included. */
const STRETCH = 1.5;
/** How far one window moves what is held to be normal: some 20 windows, 5 s, make it forget the past. */
const LEARNING = 0.05;
/** Below this share of refused requests in a window, the pressure is over. */
const CALM = 0.05;
/**
 * After so long [ms] pressure is lifted for a trial. Clients that ask again as soon as they are refused would keep it up for ever
 * if they are more than the narrow limit but fewer than the normal one, or if what they ask normally takes longer than what was
 * asked before.
 */
const TRIAL_MS = 20_000;
/** The first limit under pressure, as a share of the configured one: too wide, it delays all that is accepted until it is found out. */
const FIRST = 1 / 4;
/** The smallest limit, as a share of the configured one: with 4 of 32 the processor and the database still work side by side. */
const LEAST = 1 / 8;

const emptyWindow = (since: number) => ({ since, ended: 0, milliseconds: 0, refused: 0, delays: 0, delay: 0 });

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/**
 * How many requests may run and wait. Normally as many as were configured, and as many again. Once that does not do, only
 * so many that the accepted ones take little longer than they did before: by Little's law, time in a server that is
 * busy is the number of requests in it over its throughput, so a number that is too large by some factor is what makes
 * requests slower by that factor. What is normal is learned while nobody is refused.
 */
export class Capacity {
  private pressed = false;
  private pressedSince = 0;
  /** what may run under pressure */
  private narrow: number;
  /** mean time of a request while there was no pressure, the event loop's delay included [ms]; null until one has ended */
  private normalMs: number | null = null;
  private window = emptyWindow(0);

  /** @param most requests that run at once while there is no pressure */
  constructor(
    private readonly most: number,
    now: number,
  ) {
    this.narrow = Math.ceil(most * FIRST);
    this.window = emptyWindow(now);
  }

  get underPressure(): boolean {
    return this.pressed;
  }

  get running(): number {
    return this.pressed ? this.narrow : this.most;
  }

  get waiting(): number {
    return this.pressed ? Math.ceil(this.narrow / 2) : this.most;
  }

  /** More came than may wait. What this window has seen so far is neither normal nor pressed. */
  press(now: number): void {
    if (this.pressed) return;
    this.pressed = true;
    this.pressedSince = now;
    this.begin(now);
  }

  refused(): void {
    this.window.refused++;
  }

  /** @param milliseconds from its arrival on */
  ended(milliseconds: number): void {
    this.window.ended++;
    this.window.milliseconds += milliseconds;
  }

  /**
   * A request that comes while the event loop is busy waits unseen, in its socket.
   *
   * @param milliseconds by which a timer was late
   */
  delayed(milliseconds: number): void {
    this.window.delays++;
    this.window.delay += milliseconds;
  }

  /** Sets the limits anew where a window is over. */
  review(now: number): void {
    if (now - this.window.since < WINDOW_MS) return;
    const { ended, milliseconds, refused, delays, delay } = this.window;
    const meanMs = milliseconds / ended + delay / Math.max(1, delays);
    this.begin(now);
    const isCalm = refused <= CALM * (ended + refused);
    if (this.pressed && (isCalm || now - this.pressedSince >= TRIAL_MS)) this.pressed = false;
    else if (ended === 0) return;
    else if (this.pressed) this.adapt(meanMs);
    else this.learn(meanMs);
  }

  private begin(now: number): void {
    this.window = emptyWindow(now);
  }

  private learn(meanMs: number): void {
    this.normalMs = this.normalMs === null ? meanMs : this.normalMs + LEARNING * (meanMs - this.normalMs);
  }

  private adapt(meanMs: number): void {
    if (this.normalMs === null) return;
    const factor = clamp((STRETCH * this.normalMs) / meanMs, 0.5, 2);
    this.narrow = clamp(Math.round(this.narrow * factor), Math.ceil(this.most * LEAST), this.most);
  }
}
