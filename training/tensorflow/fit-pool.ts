import { setImmediate } from "node:timers/promises";
import { AppError } from "../../src/errors";
import { type OnFitEpoch, ThreadPool } from "../fit/thread-pool";
import type { Backend } from "./backend";
import type { OnEpoch } from "./fit-network";

/** Fits networks, several at once where that helps. */
export interface FitPool<Task, Result> {
  /** how many fits run at once */
  readonly size: number;
  /** Waits for a free place, then fits. */
  fit(task: Task, onEpoch: OnFitEpoch): Promise<Result>;
  /** From now on each fit ends after its present epoch with the best it has. */
  stop(): void;
  close(): Promise<void>;
}

type FitOne<Task, Result> = (task: Task, onEpoch: OnEpoch) => Promise<Result>;

/** Fits in this thread, one after another: a native or GPU backend uses all cores by itself and cannot be loaded twice. */
class SinglePlace<Task, Result> implements FitPool<Task, Result> {
  readonly size = 1;
  #stopped = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(readonly fitOne: FitOne<Task, Result>) {}

  fit(task: Task, onEpoch: OnFitEpoch): Promise<Result> {
    const result = this.#last.then(() =>
      this.fitOne(task, async (epoch, validationLoss) => {
        onEpoch(epoch, validationLoss);
        await setImmediate(); // lets an interrupt be heard
        return this.#stopped;
      }),
    );
    this.#last = result.catch(() => undefined);
    return result;
  }

  stop(): void {
    this.#stopped = true;
  }

  async close(): Promise<void> {
    await this.#last;
  }
}

/**
 * @param threads how many fits may run at once on a backend that works in threads (wasm, cpu)
 * @param fitOne how a task is fitted in this thread
 * @param worker the compiled module that does the same in a thread of its own
 * @throws AppError BAD_INPUT for a number of threads that makes no sense
 */
export async function openFitPool<Task, Result>(
  backend: Backend,
  threads: number,
  fitOne: FitOne<Task, Result>,
  worker: string,
): Promise<FitPool<Task, Result>> {
  if (!Number.isInteger(threads) || threads < 1 || threads > 256)
    throw new AppError("BAD_INPUT", `Threads must be a whole number from 1 to 256, not ${threads}.`);
  if (backend.name !== "wasm" && backend.name !== "cpu") return new SinglePlace(fitOne);
  return ThreadPool.open<Task, Result>(worker, threads, { data: backend.name });
}
