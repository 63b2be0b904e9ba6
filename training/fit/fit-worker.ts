import { parentPort, workerData } from "node:worker_threads";
import { openBackend } from "../backends/ladder";
import { fitNetwork } from "./fit-network";
import type { WorkerMessage, WorkerStart } from "./fit-protocol";
import type { FitResult, FitTask } from "./fit-task";

/** Fits one network after another in a thread of its own, with a backend of its own. */
async function main(): Promise<void> {
  const port = parentPort!;
  const { backend, stop } = workerData as WorkerStart;
  const stopped = new Int32Array(stop);
  const say = (message: WorkerMessage<FitResult>) => port.postMessage(message);
  await openBackend(backend);
  port.on("message", async (task: FitTask) => {
    try {
      const result = await fitNetwork(task, (epoch, validationLoss) => {
        say({ kind: "epoch", epoch, validationLoss });
        return Atomics.load(stopped, 0) !== 0;
      });
      say({ kind: "result", result });
    } catch (error) {
      say({ kind: "failure", message: (error as Error).message });
    }
  });
  say({ kind: "ready" });
}

void main();
