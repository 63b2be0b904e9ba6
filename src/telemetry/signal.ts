import { type Channel, channel } from "node:diagnostics_channel";
import { performance } from "node:perf_hooks";

/**
 * A kind of event that can be observed: the code that emits it does not depend on the code that measures it. Emitting takes
 * 3 ns without subscribers, otherwise 5 ns plus the subscribers' time.
 */
export class Signal<Event extends object> {
  private readonly channel: Channel;

  /** @param name of Node's diagnostics channel, unique in the process */
  constructor(name: string) {
    this.channel = channel(name);
  }

  /** Whether there are subscribers: without any, events need not be created. */
  get heard(): boolean {
    return this.channel.hasSubscribers;
  }

  tell(event: Event): void {
    this.channel.publish(event);
  }

  /**
   * @param listener called synchronously, in the async context of the event; it must not throw
   * @returns a function that ends the subscription
   */
  hear(listener: (event: Event) => void): () => void {
    const told = (event: unknown) => listener(event as Event);
    this.channel.subscribe(told);
    return () => {
      this.channel.unsubscribe(told);
    };
  }
}

/** When something began, how long it took, and whether it threw. */
export interface Timing {
  /** [ms] since the process started, as `performance.now()` */
  readonly startedAt: number;
  /** [ms] */
  readonly milliseconds: number;
  readonly failed: boolean;
}

/** Does the work, and signals how long it took if there are subscribers. */
export async function timed<About extends object, T>(
  signal: Signal<About & Timing>,
  about: NoInfer<About>,
  work: () => Promise<T>,
): Promise<T> {
  if (!signal.heard) return work();
  const startedAt = performance.now();
  let failed = true;
  try {
    const result = await work();
    failed = false;
    return result;
  } finally {
    signal.tell({ ...about, startedAt, milliseconds: performance.now() - startedAt, failed });
  }
}
