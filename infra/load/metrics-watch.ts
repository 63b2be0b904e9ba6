import { setTimeout as wait } from "node:timers/promises";

/** The content of `/metrics` at one time: sample name with labels -> value. */
export type Snapshot = ReadonlyMap<string, number>;

export interface TimedSnapshot {
  /** [s] since the watch began */
  readonly at: number;
  readonly samples: Snapshot;
}

/** Parses the text format of Prometheus 0.0.4: one sample per line, `name{labels} value`. */
export function parseMetrics(text: string): Snapshot {
  const samples = new Map<string, number>();
  for (const line of text.split("\n")) {
    const end = line.lastIndexOf(" ");
    if (line === "" || line.startsWith("#") || end < 0) continue;
    samples.set(line.slice(0, end), Number(line.slice(end + 1)));
  }
  return samples;
}

/** Sums the samples of a name that have the given labels. */
export function sumOf(samples: Snapshot, name: string, labels: Readonly<Record<string, string>> = {}): number {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  let sum = 0;
  for (const [sample, value] of samples) {
    const isOne = sample === name || sample.startsWith(`${name}{`);
    if (isOne && wanted.every((label) => sample.includes(label))) sum += value;
  }
  return sum;
}

/** Between two readings: short enough to see changes, long enough not to add load. */
const INTERVAL_MS = 1000;

/**
 * Reads a server's `/metrics` every second until stopped. A failed reading leaves a gap.
 */
export function watchMetrics(url: string): { stop(): Promise<readonly TimedSnapshot[]> } {
  const stopping = new AbortController();
  const started = performance.now();
  const snapshots: TimedSnapshot[] = [];
  const read = async () => {
    const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(INTERVAL_MS) });
    if (!response.ok) return;
    snapshots.push({ at: (performance.now() - started) / 1000, samples: parseMetrics(await response.text()) });
  };
  const watching = (async () => {
    while (!stopping.signal.aborted) {
      await read().catch(() => undefined);
      await wait(INTERVAL_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    await read().catch(() => undefined);
  })();
  return {
    async stop() {
      stopping.abort();
      await watching;
      return snapshots;
    },
  };
}
