import path from "node:path";
import { ThreadPool } from "../../../fit/thread-pool";
import type { Snapshot } from "../sequence-network";
import type { FitResult, FitSettings, FitTask } from "./fit-task";

/** Networks to fit: each leaves out one fold, whose stars it can be judged by. */
export interface CrossFitPlan extends Pick<FitTask, "sample" | "channels" | "label" | "weight" | "shape"> {
  /** [stars] */
  readonly fold: Uint8Array;
  /** which folds are left out in turn */
  readonly heldFolds: readonly number[];
  /** networks a fold, which differ by their seed */
  readonly repeats: number;
  readonly settings: FitSettings;
  readonly seed: number;
  /** networks that are fitted at once */
  readonly threads: number;
}

/** A fitted network. */
export interface Member {
  readonly weights: Snapshot;
  /** the fold it never saw */
  readonly heldFold: number;
  /** rows of that fold, and what it predicts for them, of order one */
  readonly held: Int32Array;
  readonly predicted: Float32Array;
  readonly best: FitResult["best"];
}

export type OnCrossFitProgress = (done: number, total: number, note: string) => void;

interface Turn {
  readonly heldFold: number;
  readonly repeat: number;
}

function taskOf(plan: CrossFitPlan, { heldFold, repeat }: Turn): FitTask {
  const { sample, channels, label, weight, shape, settings, fold, seed } = plan;
  const rows = Int32Array.from(fold.keys());
  return {
    ...{ sample, channels, label, weight, shape, settings },
    train: rows.filter((row) => fold[row] !== heldFold),
    held: rows.filter((row) => fold[row] === heldFold),
    seed: (seed * 1_000_003 + heldFold * 1009 + repeat) >>> 0,
  };
}

/** Runs the turns in order, as many at once as there are threads. */
async function inTurn(turns: readonly Turn[], width: number, run: (turn: Turn) => Promise<void>): Promise<void> {
  const queue = turns.values();
  const lane = async () => {
    for (const turn of queue) await run(turn);
  };
  await Promise.all(Array.from({ length: width }, lane));
}

/**
 * Fits the networks of a cross-validation in threads of their own. All folds of a repeat come before the next repeat.
 *
 * @param interrupt when it fires, what is finished is returned: an unfinished network is of no use, its weights are still
 * moving. Where not one is finished, the first is taken as it is
 */
export async function crossFit(plan: CrossFitPlan, onProgress: OnCrossFitProgress, interrupt: AbortSignal): Promise<Member[]> {
  const { repeats, heldFolds, settings } = plan;
  const turns = Array.from({ length: repeats }, (_, repeat) => heldFolds.map((heldFold) => ({ heldFold, repeat }))).flat();
  const pool = await ThreadPool.open<FitTask, FitResult>(path.join(__dirname, "fit-worker.js"), Math.min(plan.threads, turns.length));
  const stop = () => pool.stop();
  if (interrupt.aborted) stop();
  interrupt.addEventListener("abort", stop, { once: true });
  const members: { member: Member; epochs: number; turn: number }[] = [];
  let done = 0;
  const run = async (turn: Turn): Promise<void> => {
    if (interrupt.aborted && members.length > 0) return;
    const task = taskOf(plan, turn);
    const { weights, predicted, best, epochs } = await pool.fit(task, (epoch, loss) => {
      const note = `fold ${turn.heldFold}, network ${turn.repeat + 1}/${repeats}, epoch ${epoch}: ${loss.toFixed(3)} of the scatter`;
      onProgress(++done, turns.length * settings.epochs, note);
    });
    members.push({ epochs, turn: turns.indexOf(turn), member: { weights, predicted, best, heldFold: turn.heldFold, held: task.held } });
  };
  try {
    await inTurn(turns, pool.size, run);
  } finally {
    interrupt.removeEventListener("abort", stop);
    await pool.close();
  }
  // In the order of the turns, not of who was faster: the same seed gives the same file.
  const finished = members.filter(({ epochs }) => epochs === settings.epochs).sort((a, b) => a.turn - b.turn);
  return (finished.length > 0 ? finished : members.slice(0, 1)).map(({ member }) => member);
}
