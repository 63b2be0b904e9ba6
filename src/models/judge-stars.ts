import { setImmediate as nextTurn } from "node:timers/promises";
import { flagBits, PREDICTION_FLAGS } from "../catalogue/prediction-flags";
import type { Prepared } from "../modalities/modality";
import type { InferenceOutput } from "./inference/inference-protocol";
import { judgeInputs } from "./judge-inputs";
import type { Manifest } from "./registry/manifest";
import type { Judged, StarPrediction } from "./star-prediction";
import type { VersionView } from "./version-views";

/** Stars that are judged without a pause for the event loop: well below 1 ms. */
const STARS_A_TURN = 128;

/** An observation that was not refused. */
export type Usable = Extract<Prepared, { refusal: null }>;

/** Flags an observation whose shape lies outside those of the training stars. */
function withShape(judged: Judged, { shape: trained }: Manifest, shape: Float32Array | null): Judged {
  const odd = trained && shape ? judgeInputs(trained, shape).inputsOutsideLimits : [];
  if (odd.length === 0) return judged;
  const inputsOutsideLimits = [...new Set([...judged.inputsOutsideLimits, ...odd])];
  return { ...judged, flags: judged.flags | PREDICTION_FLAGS.INPUT_OUTSIDE_LIMITS, inputsOutsideLimits };
}

/**
 * Turns a version's output into predictions with what deserves doubt.
 *
 * @param isSynthetic whether a star, by its place, is known to be of a synthetic sky
 * @param fed [stars, width] what the artifact was fed
 * @returns one prediction per star, in order
 */
export async function judgeStars(
  { version: { manifest, synthetic }, judge }: VersionView,
  stars: readonly Usable[],
  isSynthetic: (star: number) => boolean,
  fed: Float32Array,
  output: InferenceOutput,
): Promise<StarPrediction[]> {
  const width = manifest.featureSet.inputs.length;
  // An artifact that takes raw columns says which inputs it computed, and which lie outside.
  const { inputs = fed, outside = null } = output;
  const row = (values: Float32Array, star: number) => values.subarray(star * width, (star + 1) * width);
  const predictions: StarPrediction[] = [];
  for (let star = 0; star < stars.length; star++) {
    if (star > 0 && star % STARS_A_TURN === 0) await nextTurn();
    const given = row(inputs, star);
    const { doubts, shape } = stars[star]!;
    const judged = withShape(judgeInputs(manifest, given, outside && row(outside, star)), manifest, shape);
    const other = flagBits(doubts) | (synthetic && !isSynthetic(star) ? PREDICTION_FLAGS.SYNTHETIC_MODEL : 0);
    predictions.push(judge.judge(other === 0 ? judged : { ...judged, flags: judged.flags | other }, given, output, star));
  }
  return predictions;
}
