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
  /** batches that smaller loads took before it */
  passed: number;
  resolve(values: Value[]): void;
  reject(error: unknown): void;
}

/** A statement with a thousand ids takes about 10 ms; longer ones would delay the short loads next to them. */
const MAX_KEYS = 1000;

/** While one batch is in the database, the next one fills up. With more in flight, batches get smaller and cost more. */
const MAX_IN_FLIGHT = 2;

/** Batches of smaller loads that may go before a large load: a single star does not wait for the fifty pages of another request. */
const MOST_PASSED = 3;

/**
 * Merges the loads of concurrent requests into batches. Nothing is cached, so the next load sees every write. It stands
 * between the loaders of the requests and data that is the same for every client: `fetch` receives only keys.
 */
export class Coalescer<Key, Value> {
  private queue: Load<Key, Value>[] = [];
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
      this.queue.push({ keys, passed: 0, resolve, reject });
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

  /** Takes whole loads off the queue until the next one would not fit: the smallest first, unless that passes over one too often. */
  private take(): Load<Key, Value>[] {
    const { maxKeys = MAX_KEYS } = this.settings;
    const [oldest] = this.queue;
    const turnOf = (load: Load<Key, Value>) => (load === oldest && load.passed >= MOST_PASSED ? 0 : load.keys.length);
    let keys = 0;
    const taken: Load<Key, Value>[] = [];
    for (const load of this.queue.toSorted((one, other) => turnOf(one) - turnOf(other))) {
      keys += load.keys.length;
      if (taken.length > 0 && keys > maxKeys) break;
      taken.push(load);
    }
    const left = this.queue.filter((load) => !taken.includes(load));
    for (const load of left) load.passed++;
    this.queue = left;
    return taken;
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
