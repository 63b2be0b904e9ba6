import { workerData } from "node:worker_threads";
import type { WorkerStart } from "../../fit/fit-protocol";
import { fitTasks } from "../../fit/fit-thread";
import type { ThreadTask } from "../../fit/threaded-fitter";
import { openXgboost } from "../../xgboost/library";
import { fitXgboost } from "./fit-xgboost";
import type { XgboostSettings } from "./xgboost-settings";

/** A worker thread that boosts trees; each has opened the library for itself. */
const library = openXgboost((workerData as WorkerStart).data as string | null);

fitTasks((task: ThreadTask<XgboostSettings>, onStep) => fitXgboost(library, task, onStep));
