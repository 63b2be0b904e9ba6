import { PREDICTION_FLAGS } from "./flags";
import type { InferenceOutput } from "./inference/inference-protocol";
import type { Manifest, TrainedInputs } from "./registry/manifest";

/** One label of one star. */
export interface LabelPrediction {
  /** teff, logg, feh, mh, alphaM, ... */
  readonly label: string;
  /** [K] or [dex], as the manifest says */
  readonly unit: string;
  readonly value: number;
  /** one standard deviation, in the label's unit */
  readonly uncertainty: number;
  /** bits of PREDICTION_FLAGS */
  readonly flags: number;
}

/** The prediction of a model version for one star. */
export interface StarPrediction {
  /** In the manifest's order; labels whose output is not finite are left out. */
  readonly labels: readonly LabelPrediction[];
  /** Why there are no labels at all: no input is known, or no output is finite. */
  readonly unpredicted: "no-input" | "not-finite" | null;
  /** Bits of PREDICTION_FLAGS, of the inputs and of all labels. */
  readonly flags: number;
  /** Names of the inputs that were missing and were filled. */
  readonly inputsMissing: readonly string[];
  /** Names of the inputs outside the limits of the training stars. */
  readonly inputsOutsideLimits: readonly string[];
}

type Judged = Pick<StarPrediction, "flags" | "inputsMissing" | "inputsOutsideLimits">;

/**
 * Compares a star's inputs, in the manifest's order, with their limits in training.
 *
 * @param inputs in single precision, as in training, so that the star that defines a limit does not exceed it
 */
export function judgeInputs({ featureSet, limits }: TrainedInputs, inputs: Float32Array): Judged {
  const inputsMissing: string[] = [];
  const inputsOutsideLimits: string[] = [];
  for (let index = 0; index < inputs.length; index++) {
    const value = inputs[index]!;
    const [min, max] = limits[index]!;
    if (Number.isNaN(value)) inputsMissing.push(featureSet.inputs[index]!.name);
    else if (value < min || value > max) inputsOutsideLimits.push(featureSet.inputs[index]!.name);
  }
  const missing = inputsMissing.length ? PREDICTION_FLAGS.INPUT_MISSING : 0;
  const outside = inputsOutsideLimits.length ? PREDICTION_FLAGS.INPUT_OUTSIDE_LIMITS : 0;
  return { flags: missing | outside, inputsMissing, inputsOutsideLimits };
}

/** A single-precision number with the fewest digits, as the database returns it: 5658.158, not 5658.158203125. */
function shortest(single: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(single.toPrecision(digits));
    if (Math.fround(short) === single) return short;
  }
  return Number(single.toPrecision(9));
}

/**
 * Turns one row of a model's output into a prediction. Values or uncertainties that are not finite and negative
 * uncertainties are dropped, and so is everything predicted for a star without any known input.
 *
 * @param star the row of `output`, [stars, labels]
 */
export function judgeOutput(manifest: Manifest, judged: Judged, output: InferenceOutput, star: number): StarPrediction {
  if (judged.inputsMissing.length === manifest.featureSet.inputs.length) return { ...judged, labels: [], unpredicted: "no-input" };
  const labels: LabelPrediction[] = [];
  manifest.labels.forEach(({ name, unit, limits: [min, max] }, index) => {
    const value = output.value[star * manifest.labels.length + index]!;
    const uncertainty = output.error[star * manifest.labels.length + index]!;
    if (!Number.isFinite(value) || !Number.isFinite(uncertainty) || uncertainty < 0) return;
    const extrapolated = value < min || value > max ? PREDICTION_FLAGS.LABEL_EXTRAPOLATED : 0;
    labels.push({ label: name, unit, value: shortest(value), uncertainty: shortest(uncertainty), flags: judged.flags | extrapolated });
  });
  const flags = labels.reduce((bits, label) => bits | label.flags, judged.flags);
  return { ...judged, flags, labels, unpredicted: labels.length ? null : "not-finite" };
}
