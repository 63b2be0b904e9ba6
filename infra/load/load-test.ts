import { availableParallelism, cpus } from "node:os";
import { VERSION } from "../../src/config";
import { findK6, type ProfileName, runK6, type ScriptName, type Summary } from "./k6";
import { type TimedSnapshot, watchMetrics } from "./metrics-watch";
import type { LoadedServer } from "./server";

export interface LoadTest {
  readonly script: ScriptName;
  readonly profile: ProfileName;
  /** [s] of the profile, less than its own default or more */
  readonly seconds?: number;
  /** [requests/s] of a soak */
  readonly rate?: number;
  readonly quiet: boolean;
}

/** What one run showed. */
export interface LoadReport {
  readonly script: ScriptName;
  readonly profile: ProfileName;
  readonly startedAt: string;
  readonly asterism: string;
  readonly machine: string;
  /** SECONDS, RATE, CAPACITY as the scripts were given them */
  readonly settings: Readonly<Record<string, number>>;
  readonly summary: Summary;
  readonly snapshots: readonly TimedSnapshot[];
  /** what the run is held to, and whether it held */
  readonly verdicts: readonly Verdict[];
}

export interface Verdict {
  readonly what: string;
  readonly ok: boolean;
}

/** Closed loop: as many clients as a ramp's third stage, for long enough that caches and the compiler are warm [s]. */
const CAPACITY_SECONDS = 15;

/** @returns [requests/s] that the server answers to clients that always ask the next thing at once */
async function measureCapacity(k6: string, script: ScriptName, url: string, quiet: boolean): Promise<number> {
  if (!quiet) process.stderr.write("First, the capacity: a short ramp.\n");
  const { metrics } = await runK6({ k6, script, profile: "capacity", url, settings: { SECONDS: CAPACITY_SECONDS }, quiet: true });
  const answered = metrics.accepted_duration!.values.count!;
  return answered / CAPACITY_SECONDS;
}

/** A spike's tail against the tail before it: those that are let in must not wait for those that are not. */
const TAIL_RATIO = 2;

function spikeVerdict({ metrics }: Summary): Verdict {
  const p99 = (phase: string) => metrics[`accepted_duration{phase:${phase}}`]!.values["p(99)"]!;
  const ratio = p99("spike") / p99("before");
  const what = `accepted during the spike, p99 ${p99("spike").toFixed(1)} ms: at most ${TAIL_RATIO} times the ${p99("before").toFixed(1)} ms before it (${ratio.toFixed(2)})`;
  return { what, ok: ratio <= TAIL_RATIO };
}

/** What the run is held to: the thresholds of its script, and of a spike its tail. */
export function verdictsOf(profile: ProfileName, summary: Summary): Verdict[] {
  const held = Object.entries(summary.metrics).flatMap(([name, { thresholds = {} }]) =>
    // A threshold that nothing can cross is there to have the figure told by tag.
    Object.entries(thresholds).flatMap(([threshold, { ok }]) => (/>=0$/.test(threshold) ? [] : [{ what: `${name} ${threshold}`, ok }])),
  );
  return profile === "spike" ? [...held, spikeVerdict(summary)] : held;
}

/**
 * Drives a server with one of the scripts under one of the profiles, and reads its `/metrics` meanwhile.
 *
 * @throws AppError BACKEND_UNAVAILABLE without k6, CONFLICT where the script failed
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
