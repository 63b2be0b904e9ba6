/** What a model version says, as far as its stored predictions are read. */
export interface PredictingVersion {
  /** row id */
  readonly id: number;
  readonly model: string;
  readonly version: number;
  readonly labels: readonly { readonly name: string; readonly unit: string }[];
  /** each with its classes, in the order of the stored probabilities */
  readonly classes: readonly { readonly name: string; readonly classes: readonly string[] }[];
  readonly vectors: readonly { readonly name: string; readonly length: number }[];
}

/** NAME@VERSION */
export const calledVersion = ({ model, version }: PredictingVersion): string => `${model}@${version}`;
