import type { Backend, BackendName } from "../backends/backend";
import type { FitResult, FitTask } from "./fit-task";

/** What a worker is started with. */
export interface WorkerStart {
  readonly backend: BackendName;
  /** one Int32: not 0 once fits shall end with the best they have */
  readonly stop: SharedArrayBuffer;
}

/** What a worker says. Of a task: any number of epochs, then its result or its failure. */
export type WorkerMessage =
  | { readonly kind: "ready"; readonly backend: Backend }
  | { readonly kind: "epoch"; readonly epoch: number; readonly validationLoss: number }
  | { readonly kind: "result"; readonly result: FitResult }
  | { readonly kind: "failure"; readonly message: string };

export type WorkerTask = FitTask;
