import { parentPort, workerData } from "node:worker_threads";
import type { WorkerMessage, WorkerStart } from "./fit-protocol";

/** Called after each epoch. @returns whether to stop, with the best weights so far */
type OnEpoch = (epoch: number, validationLoss: number) => boolean;

/** In a worker thread: fits the tasks that the main thread sends, one after another, and reports every epoch. */
export function fitTasks<Task, Result>(fitOne: (task: Task, onEpoch: OnEpoch) => Result | Promise<Result>): void {
  const port = parentPort!;
  const stopped = new Int32Array((workerData as WorkerStart).stop);
  const say = (message: WorkerMessage<Result>) => port.postMessage(message);
  const onEpoch: OnEpoch = (epoch, validationLoss) => {
    say({ kind: "epoch", epoch, validationLoss });
    return Atomics.load(stopped, 0) !== 0;
  };
  port.on("message", async (task: Task) => {
    try {
      say({ kind: "result", result: await fitOne(task, onEpoch) });
    } catch (error) {
      say({ kind: "failure", message: (error as Error).message });
    }
  });
  say({ kind: "ready" });
}
