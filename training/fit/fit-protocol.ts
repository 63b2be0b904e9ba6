import type { BackendName } from "../backends/backend";

/** What a worker is started with. */
export interface WorkerStart {
  /** what computes, where there is a choice */
  readonly backend?: BackendName;
  /** one Int32: not 0 once fits shall end with the best they have */
  readonly stop: SharedArrayBuffer;
}

/** What a worker says. Of a task: any number of epochs, then its result or its failure. */
export type WorkerMessage<Result> =
  | { readonly kind: "ready" }
  | { readonly kind: "epoch"; readonly epoch: number; readonly validationLoss: number }
  | { readonly kind: "result"; readonly result: Result }
  | { readonly kind: "failure"; readonly message: string };
