import { workerData } from "node:worker_threads";
import { openBackend } from "../backends/ladder";
import { fitNetwork } from "./fit-network";
import type { WorkerStart } from "./fit-protocol";
import { fitTasks } from "./fit-thread";

/** A worker thread that fits networks on its own TensorFlow.js backend. */
void openBackend((workerData as WorkerStart).backend).then(() => fitTasks(fitNetwork));
