import type { Block } from "../../../../src/features/light-curve/sequence/rrl-shape-and-points";
import type { CrossFit } from "../../../fit/cross-fit";
import type { FitWatch } from "../../../fit/family";
import type { FitSample } from "../../../fit/fit-sample";
import type { LabelScale } from "../../../fit/scales";

/** Stars that all members learn from, in the same order and folds. */
export interface StackData {
  /** Fourier parameters */
  readonly shape: FitSample;
  /** [stars, columns] of `rrl-points` */
  readonly points: Float32Array;
  /** [stars] in the label's unit */
  readonly reference: Float64Array;
  readonly label: LabelScale;
}

/** What may be chosen of the members' fits. */
export interface MemberOptions {
  readonly seed: number;
  /** fits at once */
  readonly threads: number;
  /** networks a fold */
  readonly repeats?: number;
  /** of a network */
  readonly epochs?: number;
  /** path of libxgboost; the installed one when absent */
  readonly library?: string | null;
}

/** A member's fits, and what computed them. */
export interface FittedMember {
  readonly fit: CrossFit;
  readonly backend: { readonly name: string; readonly libraries: Readonly<Record<string, string>> };
}

/** One of the models that are combined. */
export interface Member {
  /** as `--members` names it */
  readonly name: string;
  /** the inputs that it looks at */
  readonly block: Block;
  /** @throws AppError BACKEND_UNAVAILABLE where a library is missing */
  fit(data: StackData, options: MemberOptions, watch: FitWatch): Promise<FittedMember>;
}

/** @returns [stars] the label, of order one */
export function labelOfOrderOne({ reference, label }: StackData): Float32Array {
  return Float32Array.from(reference, (value) => (value - label.mean) / label.scale);
}
