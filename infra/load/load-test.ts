import { availableParallelism, cpus } from "node:os";
import { VERSION } from "../../src/config";
import { findK6, type ProfileName, runK6, type ScriptName, type Summary } from "./k6";
import { type TimedSnapshot, watchMetrics } from "./metrics-watch";
import type { LoadedServer } from "./server";

export interface LoadTest {
  readonly script: ScriptName;
  readonly profile: ProfileName;
  /** [s] duration instead of the profile's default */
  readonly seconds?: number;
  /** [requests/s] for a soak */
  readonly rate?: number;
  readonly quiet: boolean;
}

/** The results of one run. */
export interface LoadReport {
  readonly script: ScriptName;
  readonly profile: ProfileName;
  readonly startedAt: string;
  readonly asterism: string;
  readonly machine: string;
  /** SECONDS, RATE, CAPACITY as passed to the scripts */
  readonly settings: Readonly<Record<string, number>>;
  readonly summary: Summary;
  readonly snapshots: readonly TimedSnapshot[];
  /** thresholds of the run, and whether they held */
  readonly verdicts: readonly Verdict[];
}

export interface Verdict {
  readonly what: string;
  readonly ok: boolean;
}

/** [s] Long enough to warm up caches and the compiler. */
const CAPACITY_SECONDS = 15;

/** @returns [requests/s] in a closed loop, whose clients send the next request as soon as they have an answer */
async function measureCapacity(k6: string, script: ScriptName, url: string, quiet: boolean): Promise<number> {
  if (!quiet) process.stderr.write("Measuring the capacity first...\n");
  const { metrics } = await runK6({ k6, script, profile: "capacity", url, settings: { SECONDS: CAPACITY_SECONDS }, quiet: true });
  const answered = metrics.accepted_duration!.values.count!;
  return answered / CAPACITY_SECONDS;
}

/** Largest ratio of the p99 of accepted requests during the spike to that before it. */
const TAIL_RATIO = 2;

function spikeVerdict({ metrics }: Summary): Verdict {
  const p99 = (phase: string) => metrics[`accepted_duration{phase:${phase}}`]!.values["p(99)"]!;
  const ratio = p99("spike") / p99("before");
  const what = `accepted during the spike, p99 ${p99("spike").toFixed(1)} ms: at most ${TAIL_RATIO} times the ${p99("before").toFixed(1)} ms before it (${ratio.toFixed(2)})`;
  return { what, ok: ratio <= TAIL_RATIO };
}

/** Thresholds of the script and, for a spike, the ratio of its p99. */
export function verdictsOf(profile: ProfileName, summary: Summary): Verdict[] {
  const held = Object.entries(summary.metrics).flatMap(([name, { thresholds = {} }]) =>
    // A threshold that nothing can cross makes k6 report the metric by tag.
    Object.entries(thresholds).flatMap(([threshold, { ok }]) => (/>=0$/.test(threshold) ? [] : [{ what: `${name} ${threshold}`, ok }])),
  );
  return profile === "spike" ? [...held, spikeVerdict(summary)] : held;
}

/**
 * Puts load on a server with one of the scripts and profiles, and records its `/metrics`.
 *
 * @throws AppError BACKEND_UNAVAILABLE without k6, CONFLICT if the script failed
 */
export async function loadTest({ script, profile, seconds, rate, quiet }: LoadTest, { url }: LoadedServer): Promise<LoadReport> {
  const k6 = findK6();
  const settings: Record<string, number> = {};
  if (seconds !== undefined) settings.SECONDS = seconds;
  if (rate !== undefined) settings.RATE = rate;
  if (profile === "spike") settings.CAPACITY = Math.round(await measureCapacity(k6, script, url, quiet));
  const startedAt = new Date().toISOString();
  const watch = watchMetrics(url);
  let snapshots: readonly TimedSnapshot[] = [];
  let summary: Summary;
  try {
    summary = await runK6({ k6, script, profile, url, settings, quiet });
  } finally {
    snapshots = await watch.stop();
  }
  const machine = `${availableParallelism()} x ${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}`;
  return { script, profile, startedAt, asterism: VERSION, machine, settings, summary, snapshots, verdicts: verdictsOf(profile, summary) };
}
