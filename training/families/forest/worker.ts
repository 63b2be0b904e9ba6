import { workerData } from "node:worker_threads";
import type { WorkerStart } from "../../fit/fit-protocol";
import { fitTasks } from "../../fit/fit-thread";
import type { ThreadTask } from "../../fit/threaded-fitter";
import { openXgboost } from "../../xgboost/library";
import { fitForest } from "./fit-forest";
import type { ForestSettings } from "./forest-settings";

/** A worker thread that grows forests; each has opened the library for itself. */
const library = openXgboost((workerData as WorkerStart).data as string | null);

fitTasks((task: ThreadTask<ForestSettings>, onStep) => fitForest(library, task, onStep));
