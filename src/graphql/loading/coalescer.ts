import { timed } from "../../telemetry/signal";
import { lookedUp } from "../../telemetry/signals";

export interface CoalescerSettings {
  /** what is read, as in "survey labels" */
  readonly source: string;
  /** keys that one batch may hold; a load of more is a batch of its own */
  readonly maxKeys?: number;
  /** batches under way at once */
  readonly maxInFlight?: number;
}

interface Load<Key, Value> {
  readonly keys: readonly Key[];
  resolve(values: Value[]): void;
  reject(error: unknown): void;
}

/** A statement of a thousand ids takes some 10 ms: longer ones would hold up the short loads beside them. */
const MAX_KEYS = 1000;

/** While one batch is on its way to the database the next one fills; more at once are smaller and cost more. */
const MAX_IN_FLIGHT = 2;

/**
 * Merges what all requests of the process load at about the same time into one batch, and forgets it: nothing is
 * cached, so that what was written is seen by the next load. Belongs behind the DataLoader of each request, and before
 * data that is the same whoever asks: `fetch` is told keys and nothing else.
 */
export class Coalescer<Key, Value> {
  private readonly queue: Load<Key, Value>[] = [];
  private inFlight = 0;
  private scheduled = false;

  /** @param fetch answers one value a key, in their order; keys come once each */
  constructor(
    private readonly fetch: (keys: readonly Key[]) => Promise<readonly Value[]>,
    private readonly settings: CoalescerSettings,
  ) {}

  /** @returns the keys' values in their order; rejects with what `fetch` threw for the batch that they were in */
  load(keys: readonly Key[]): Promise<Value[]> {
    return new Promise((resolve, reject) => {
      this.queue.push({ keys, resolve, reject });
      // The event loop turns once before a batch leaves, so that the requests which came in together are in it.
      if (this.scheduled) return;
      this.scheduled = true;
      setImmediate(() => {
        this.scheduled = false;
        this.start();
      });
    });
  }

  private start(): void {
    const { maxInFlight = MAX_IN_FLIGHT } = this.settings;
    while (this.queue.length > 0 && this.inFlight < maxInFlight) void this.run(this.take());
  }

  /** Takes loads off the queue, whole ones, until the next would not fit. */
  private take(): Load<Key, Value>[] {
    const { maxKeys = MAX_KEYS } = this.settings;
    let keys = 0;
    let count = 0;
    for (const load of this.queue) {
      keys += load.keys.length;
      if (count > 0 && keys > maxKeys) break;
      count++;
    }
    return this.queue.splice(0, count);
  }

  private async run(loads: readonly Load<Key, Value>[]): Promise<void> {
    const keys = [...new Set(loads.flatMap((load) => load.keys))];
    const batch = { group: this.settings.source, keys: keys.length, loads: loads.length, waiting: this.queue.length };
    this.inFlight++;
    try {
      const values = await timed(lookedUp, batch, () => this.fetch(keys));
      const byKey = new Map(keys.map((key, index) => [key, values[index] as Value]));
      for (const load of loads) load.resolve(load.keys.map((key) => byKey.get(key) as Value));
    } catch (error) {
      for (const load of loads) load.reject(error);
    } finally {
      this.inFlight--;
      this.start();
    }
  }
}
