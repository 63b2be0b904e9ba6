import { parentPort, workerData } from "node:worker_threads";
import type { WorkerMessage, WorkerStart } from "../../fit/fit-protocol";
import { fitSequences } from "./fit-sequences";
import type { FitResult, FitTask } from "./fit-task";

/** Fits one network after another in a thread of its own. */
const port = parentPort!;
const stopped = new Int32Array((workerData as WorkerStart).stop);
const say = (message: WorkerMessage<FitResult>) => port.postMessage(message);

port.on("message", (task: FitTask) => {
  try {
    const result = fitSequences(task, (epoch, validationLoss) => {
      say({ kind: "epoch", epoch, validationLoss });
      return Atomics.load(stopped, 0) !== 0;
    });
    say({ kind: "result", result });
  } catch (error) {
    say({ kind: "failure", message: (error as Error).message });
  }
});
say({ kind: "ready" });
