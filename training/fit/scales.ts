export type { Normalisation } from "../onnx/prepare";

/**
 * Calibrated standard error = sqrt(floor^2 + (gain * spread)^2), all in the label's unit: `floor` is what the
 * ensemble cannot know of itself, `gain` mends a spread that is too small or too large.
 */
export interface Calibration {
  readonly floor: number;
  readonly gain: number;
}

/** What a network's output of order one means. */
export interface LabelScale {
  readonly name: string;
  /** in the label's unit */
  readonly mean: number;
  /** in the label's unit, positive */
  readonly scale: number;
}
