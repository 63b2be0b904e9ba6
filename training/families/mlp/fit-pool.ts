import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { AppError } from "../../../src/errors";
import { type OnFitEpoch, ThreadPool } from "../../fit/thread-pool";
import type { Backend } from "../../tensorflow/backend";
import { fitNetwork } from "./fit-network";
import type { FitResult, FitTask } from "./fit-task";

/** Fits networks, several at once where that helps. */
export interface FitPool {
  /** how many fits run at once */
  readonly size: number;
  /** Waits for a free place, then fits. */
  fit(task: FitTask, onEpoch: OnFitEpoch): Promise<FitResult>;
  /** From now on each fit ends after its present epoch with the best it has. */
  stop(): void;
  close(): Promise<void>;
}

/** Fits in this thread, one after another: a native or GPU backend uses all cores by itself and cannot be loaded twice. */
class SinglePlace implements FitPool {
  readonly size = 1;
  #stopped = false;
  #last: Promise<unknown> = Promise.resolve();

  fit(task: FitTask, onEpoch: OnFitEpoch): Promise<FitResult> {
    const result = this.#last.then(() =>
      fitNetwork(task, async (epoch, validationLoss) => {
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

/** @param threads how many fits may run at once on a backend that works in threads (wasm, cpu) */
export async function openFitPool(backend: Backend, threads: number): Promise<FitPool> {
  if (!Number.isInteger(threads) || threads < 1 || threads > 256)
    throw new AppError("BAD_INPUT", `Threads must be a whole number from 1 to 256, not ${threads}.`);
  if (backend.name !== "wasm" && backend.name !== "cpu") return new SinglePlace();
  return ThreadPool.open<FitTask, FitResult>(path.join(__dirname, "fit-worker.js"), threads, { backend: backend.name });
}
