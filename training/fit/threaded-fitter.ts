import type { Fit, FitTask, Fitter, FitWatch } from "./family";
import { ThreadPool } from "./thread-pool";

/** What a family's thread is asked for. */
export interface ThreadTask<Of> extends FitTask<Of> {
  readonly purpose: "fit" | "choose";
}

/** A family whose fits run in threads of their own, as its worker module says. */
export interface Threaded<Of, Result> {
  /** the worker's compiled module, which calls `fitTasks` */
  readonly file: string;
  readonly threads: number;
  readonly backend: Fitter<Of>["backend"];
  /** whether the worker chooses settings, too */
  readonly chooses: boolean;
  /** what a worker is started with */
  readonly data?: unknown;
  /** steps of a fit or of a choice, at most, for the progress */
  stepsOf(task: ThreadTask<Of>): number;
  /** plain numbers from the thread become a fit */
  toFit(result: Result, task: FitTask<Of>): Fit;
}

/** Opens a family's threads. An interrupt ends all its fits with the best so far, each after its present step. */
export async function openThreadedFitter<Of, Result>(threaded: Threaded<Of, Result>): Promise<Fitter<Of>> {
  const pool = await ThreadPool.open<ThreadTask<Of>, Result | Of>(threaded.file, threaded.threads, { data: threaded.data });
  const run = async (task: ThreadTask<Of>, { onProgress, interrupt }: FitWatch) => {
    const steps = threaded.stepsOf(task);
    const stop = () => pool.stop();
    if (interrupt.aborted) stop();
    interrupt.addEventListener("abort", stop, { once: true });
    try {
      return await pool.fit(task, (step, loss) =>
        onProgress(Math.min(1, step / steps), `step ${step} of ${steps}, loss ${loss.toFixed(4)}`),
      );
    } finally {
      interrupt.removeEventListener("abort", stop);
    }
  };
  const choose = async (task: FitTask<Of>, watch: FitWatch) => (await run({ ...task, purpose: "choose" }, watch)) as Of;
  return {
    parallel: pool.size,
    backend: threaded.backend,
    ...(threaded.chooses ? { choose } : {}),
    fit: async (task, watch) => threaded.toFit((await run({ ...task, purpose: "fit" }, watch)) as Result, task),
    close: () => pool.close(),
  };
}
