/** What the main thread asks of the inference worker; it answers in the order asked. */
export type InferenceRequest =
  | { readonly kind: "load"; readonly session: number; readonly onnx: Uint8Array }
  | {
      readonly kind: "run";
      readonly session: number;
      readonly stars: number;
      readonly inputs: Float32Array<ArrayBuffer>;
    }
  | { readonly kind: "unload"; readonly session: number }
  /** Answered behind what was asked before: the worker still works. */
  | { readonly kind: "ping" };

/** What a model says of a batch of stars. */
export interface InferenceOutput {
  /** [stars, labels] row by row, in each label's unit */
  readonly value: Float32Array<ArrayBuffer>;
  /** [stars, labels] one standard deviation, in each label's unit */
  readonly error: Float32Array<ArrayBuffer>;
}
