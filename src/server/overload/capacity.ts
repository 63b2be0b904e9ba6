/** The limits are set anew after each window of this length [ms]. */
const WINDOW_MS = 250;
/** Under pressure, accepted requests may take this many times their normal time, including their wait. */
const STRETCH = 1.5;
/** Weight of one window in the normal time: after some 20 windows (5 s) the past is forgotten. */
const LEARNING = 0.05;
/** Pressure ends when fewer than this share of a window's requests are refused. */
const CALM = 0.05;
/**
 * After this time [ms] pressure is lifted for a trial. Otherwise it might never end: clients that repeat refused requests at once
 * keep it up if the narrow limit is too small for them, even if the normal one would do.
 */
const TRIAL_MS = 20_000;
/** The first limit under pressure, as a share of the configured one. A wider one delays accepted requests until it is corrected. */
const FIRST = 1 / 4;
/** The smallest limit, as a share of the configured one: with 4 of 32 the processor and the database still work side by side. */
const LEAST = 1 / 8;

const emptyWindow = (since: number) => ({ since, ended: 0, milliseconds: 0, refused: 0, delays: 0, delay: 0 });

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/**
 * How many requests may run and wait: normally the configured number of each. If that is not enough, only so many that the
 * accepted ones take little longer than normally. By Little's law, the time spent in a busy server is the number of requests in it
 * divided by its throughput, so the number is corrected by the factor by which requests are too slow. The normal time is learned
 * while no request is refused.
 */
export class Capacity {
  private pressed = false;
  private pressedSince = 0;
  /** what may run under pressure */
  private narrow: number;
  /** mean time of requests without pressure, including the event loop's delay [ms]; null until the first has ended */
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

  /** More requests came than may wait. The current window is discarded: it is neither normal nor under pressure. */
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
