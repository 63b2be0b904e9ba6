import { workerData } from "node:worker_threads";
import type { WorkerStart } from "../../fit/fit-protocol";
import { fitTasks } from "../../fit/fit-thread";
import type { BackendName } from "../../tensorflow/backend";
import { openBackend } from "../../tensorflow/ladder";
import { fitMlp } from "./fit-mlp";

/** A worker thread that fits networks on its own TensorFlow.js backend. */
void openBackend((workerData as WorkerStart).data as BackendName).then(() => fitTasks(fitMlp));
