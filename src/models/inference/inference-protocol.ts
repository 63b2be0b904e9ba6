/** A tensor that a model answers with: `value` [stars, width], row by row. */
export interface AnsweredTensor {
  readonly name: string;
  readonly width: number;
}

/** Questions to the inference worker, which answers them in order. */
export type InferenceRequest =
  | {
      readonly kind: "load";
      readonly session: number;
      readonly onnx: Uint8Array;
      /** names of the tensors that runs are to answer with */
      readonly tensors: readonly string[];
      /** of what a run's inputs hold for each star, in order; null where the artifact takes them as one tensor `inputs` */
      readonly columns: readonly string[] | null;
    }
  | {
      readonly kind: "run";
      readonly session: number;
      readonly stars: number;
      readonly inputs: Float32Array<ArrayBuffer>;
    }
  | { readonly kind: "unload"; readonly session: number }
  /** Answered after all earlier questions: proves that the worker still works. */
  | { readonly kind: "ping" };

/**
 * The output of a model for a batch of stars, tensor by tensor, each [stars, width] row by row: `value` and `error` of its
 * quantities, `probabilities_NAME` of each classification, `vector_NAME` of each vector, and `inputs` and `outside` where the
 * artifact takes raw columns.
 */
export type InferenceOutput = Readonly<Record<string, Float32Array<ArrayBuffer>>>;
