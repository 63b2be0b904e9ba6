/** Questions to the inference worker, which answers them in order. */
export type InferenceRequest =
  | { readonly kind: "load"; readonly session: number; readonly onnx: Uint8Array }
  | {
      readonly kind: "run";
      readonly session: number;
      readonly stars: number;
      readonly inputs: Float32Array<ArrayBuffer>;
    }
  | { readonly kind: "unload"; readonly session: number }
  /** Answered after all earlier questions: proves that the worker still works. */
  | { readonly kind: "ping" };

/** The output of a model for a batch of stars. */
export interface InferenceOutput {
  /** [stars, labels] row by row, in each label's unit */
  readonly value: Float32Array<ArrayBuffer>;
  /** [stars, labels] one standard deviation, in each label's unit */
  readonly error: Float32Array<ArrayBuffer>;
}
