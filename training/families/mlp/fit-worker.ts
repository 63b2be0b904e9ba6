import { workerData } from "node:worker_threads";
import type { WorkerStart } from "../../fit/fit-protocol";
import { fitTasks } from "../../fit/fit-thread";
import { openBackend } from "../../tensorflow/ladder";
import { fitNetwork } from "./fit-network";

/** A worker thread that fits networks on its own TensorFlow.js backend. */
void openBackend((workerData as WorkerStart).backend).then(() => fitTasks(fitNetwork));
