import type { BackendName } from "../tensorflow/backend";

/** The data that a worker is started with. */
export interface WorkerStart {
  /** the TensorFlow.js backend, if the worker uses one */
  readonly backend?: BackendName;
  /** one Int32: not 0 when fits should end with the best weights so far */
  readonly stop: SharedArrayBuffer;
}

/** A worker's messages. For a task: any number of epochs, then its result or failure. */
export type WorkerMessage<Result> =
  | { readonly kind: "ready" }
  | { readonly kind: "epoch"; readonly epoch: number; readonly validationLoss: number }
  | { readonly kind: "result"; readonly result: Result }
  | { readonly kind: "failure"; readonly message: string };
