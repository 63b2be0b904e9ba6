import { timed } from "../../telemetry/signal";
import { lookedUp } from "../../telemetry/signals";

export interface CoalescerSettings {
  /** name of the data in metrics, such as "survey labels" */
  readonly source: string;
  /** keys per batch; a larger load becomes a batch of its own */
  readonly maxKeys?: number;
  /** batches in flight at the same time */
  readonly maxInFlight?: number;
}

interface Load<Key, Value> {
  readonly keys: readonly Key[];
  resolve(values: Value[]): void;
  reject(error: unknown): void;
}

/** A statement with a thousand ids takes about 10 ms; longer ones would delay the short loads next to them. */
const MAX_KEYS = 1000;

/** While one batch is in the database, the next one fills up. With more in flight, batches get smaller and cost more. */
const MAX_IN_FLIGHT = 2;

/**
 * Merges the loads of concurrent requests into batches. Nothing is cached, so the next load sees every write. It stands
 * between the loaders of the requests and data that is the same for every client: `fetch` receives only keys.
 */
export class Coalescer<Key, Value> {
  private readonly queue: Load<Key, Value>[] = [];
  private inFlight = 0;
  private scheduled = false;

  /** @param fetch returns one value per key, in order of the keys, which are distinct */
  constructor(
    private readonly fetch: (keys: readonly Key[]) => Promise<readonly Value[]>,
    private readonly settings: CoalescerSettings,
  ) {}

  /** @returns the values in order of the keys; rejects with the error that `fetch` threw for their batch */
  load(keys: readonly Key[]): Promise<Value[]> {
    return new Promise((resolve, reject) => {
      this.queue.push({ keys, resolve, reject });
      // Wait for one turn of the event loop, so that requests that arrived together share a batch.
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

  /** Takes whole loads off the queue until the next one would not fit. */
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
