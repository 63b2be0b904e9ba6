import { PREDICTION_FLAGS } from "../catalogue/prediction-flags";
import type { TrainedInputs } from "./registry/manifest";
import type { Judged } from "./star-prediction";

/**
 * Compares a star's inputs, in the manifest's order, with their limits in training.
 *
 * @param inputs in single precision, as in training, so that the star that defines a limit does not exceed it
 * @param outside 1 for each input that an artifact itself found to be outside; null: they are compared here
 */
export function judgeInputs({ featureSet, limits }: TrainedInputs, inputs: Float32Array, outside: Float32Array | null = null): Judged {
  const inputsMissing: string[] = [];
  const inputsOutsideLimits: string[] = [];
  for (let index = 0; index < inputs.length; index++) {
    const value = inputs[index]!;
    const [min, max] = limits[index]!;
    if (Number.isNaN(value)) inputsMissing.push(featureSet.inputs[index]!.name);
    else if (outside ? outside[index]! > 0 : value < min || value > max) inputsOutsideLimits.push(featureSet.inputs[index]!.name);
  }
  const missing = inputsMissing.length ? PREDICTION_FLAGS.INPUT_MISSING : 0;
  const beyond = inputsOutsideLimits.length ? PREDICTION_FLAGS.INPUT_OUTSIDE_LIMITS : 0;
  return { flags: missing | beyond, inputsMissing, inputsOutsideLimits };
}

/**
 * @param farthest share of an input's range in training; undefined: any distance is near enough
 * @returns whether any input lies beyond its limits by more than that
 */
export function isFarOutside({ limits }: TrainedInputs, inputs: Float32Array, farthest: number | undefined): boolean {
  if (farthest === undefined) return false;
  for (let index = 0; index < limits.length; index++) {
    const [min, max] = limits[index]!;
    // An input that was the same for all training stars has no range to compare with.
    const reach = max > min ? farthest * (max - min) : Infinity;
    if (inputs[index]! < min - reach || inputs[index]! > max + reach) return true;
  }
  return false;
}
