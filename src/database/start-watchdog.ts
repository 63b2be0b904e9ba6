import { Worker } from "node:worker_threads";

/** [ms] Longest that a start may keep the event loop from turning: recovering after a crash takes seconds. */
const LONGEST_MS = 120_000;

/** Runs in a thread, because the engine that it watches does not let this one turn. */
const WATCH = `
const { workerData: { beats, longestMs, message } } = require("node:worker_threads");
const seen = new Int32Array(beats);
let [last, since] = [0, Date.now()];
setInterval(() => {
  const now = Atomics.load(seen, 0);
  if (now !== last) [last, since] = [now, Date.now()];
  else if (Date.now() - since > longestMs) {
    require("node:fs").writeSync(2, message);
    process.kill(process.pid, "SIGKILL");
  }
}, 1000);`;

/**
 * Ends the process with a message if work keeps the event loop for two minutes: on a full disk, or with damaged files, the engine may
 * repeat the same step for ever.
 */
export async function watched<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const beats = new SharedArrayBuffer(4);
  const seen = new Int32Array(beats);
  const beat = setInterval(() => Atomics.add(seen, 0, 1), 500);
  const message = `asterism: the embedded database ${folder} does not start: for two minutes it has made no progress. Its disk may be full, or its files damaged. Free space and start again, or restore a backup with \`asterism restore FILE\`.\n`;
  const watchdog = new Worker(WATCH, { eval: true, workerData: { beats, longestMs: LONGEST_MS, message } });
  watchdog.unref();
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await watchdog.terminate();
  }
}
