import { PREDICTION_FLAGS } from "../catalogue/prediction-flags";
import type { UnpredictedReason } from "../catalogue/refusals";
import { probabilitiesTensor, vectorTensor } from "./inference/answered-tensors";
import type { InferenceOutput } from "./inference/inference-protocol";
import { isFarOutside } from "./judge-inputs";
import type { Manifest } from "./registry/manifest";
import { type ClassesOutput, classesOf, type QuantityOutput, quantitiesOf, type VectorOutput, vectorsOf } from "./registry/output";
import {
  type ClassPrediction,
  type Judged,
  type LabelPrediction,
  type StarPrediction,
  unanswered,
  type VectorPrediction,
} from "./star-prediction";

/** A single-precision number with the fewest digits, as the database returns it: 5658.158, not 5658.158203125. */
function shortest(single: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(single.toPrecision(digits));
    if (Math.fround(short) === single) return short;
  }
  return Number(single.toPrecision(9));
}

/** Why one output of a star is no answer. */
type NoAnswer = Extract<UnpredictedReason, "not-finite" | "prior-only">;

function quantity(
  { name, unit, limits: [min, max], largestError = Infinity }: QuantityOutput,
  value: number,
  uncertainty: number,
  flags: number,
): LabelPrediction | NoAnswer {
  if (!Number.isFinite(value) || !Number.isFinite(uncertainty) || uncertainty < 0) return "not-finite";
  if (uncertainty > largestError) return "prior-only";
  const extrapolated = value < min || value > max ? PREDICTION_FLAGS.LABEL_EXTRAPOLATED : 0;
  return { label: name, unit, value: shortest(value), uncertainty: shortest(uncertainty), flags: flags | extrapolated };
}

function mostProbable({ name, classes }: ClassesOutput, row: Float32Array, flags: number): ClassPrediction | NoAnswer {
  if (!row.every((probability) => probability >= 0 && probability <= 1.001)) return "not-finite";
  const best = row.indexOf(row.reduce((a, b) => Math.max(a, b)));
  const probabilities = Array.from(row, shortest);
  return { name, value: classes[best]!, probability: probabilities[best]!, probabilities, flags };
}

function vector({ name }: VectorOutput, row: Float32Array, flags: number): VectorPrediction | NoAnswer {
  return row.every(Number.isFinite) ? { name, values: Array.from(row, shortest), flags } : "not-finite";
}

/** What all outputs of a star say together. */
interface Said {
  flags: number;
  isPriorOnly: boolean;
}

/** Keeps an answer; of what is none, remembers why. */
function take<Answer extends { readonly flags: number }>(answers: Answer[], answer: Answer | NoAnswer, said: Said): void {
  if (typeof answer === "string") {
    said.isPriorOnly ||= answer === "prior-only";
    return;
  }
  answers.push(answer);
  said.flags |= answer.flags;
}

const NONE: readonly never[] = [];

function taken<Output, Answer extends { readonly flags: number }>(
  outputs: readonly Output[],
  said: Said,
  answerOf: (output: Output) => Answer | NoAnswer,
): readonly Answer[] {
  if (outputs.length === 0) return NONE;
  const answers: Answer[] = [];
  for (const output of outputs) take(answers, answerOf(output), said);
  return answers;
}

/** Turns rows of a version's output into predictions; what it needs of the manifest is looked up once. */
export class OutputJudge {
  private readonly quantities: readonly QuantityOutput[];
  private readonly classes: readonly ClassesOutput[];
  private readonly vectors: readonly VectorOutput[];

  constructor(private readonly manifest: Manifest) {
    this.quantities = quantitiesOf(manifest);
    this.classes = classesOf(manifest);
    this.vectors = vectorsOf(manifest);
  }

  /**
   * What is not finite is dropped, and so is everything predicted for a star of which nothing is known, or which lies far
   * outside the training sample.
   *
   * @param inputs of the star, in the manifest's order
   * @param star the row of `output`
   */
  judge(judged: Judged, inputs: Float32Array, output: InferenceOutput, star: number): StarPrediction {
    const { manifest } = this;
    if (judged.inputsMissing.length === manifest.featureSet.inputs.length) return unanswered(judged, "no-input");
    if (isFarOutside(manifest, inputs, manifest.farthest)) return unanswered(judged, "outside-training");
    const said: Said = { flags: judged.flags, isPriorOnly: false };
    const labels = this.labels(output, star, judged.flags, said);
    const row = (tensor: string, width: number) => output[tensor]!.subarray(star * width, (star + 1) * width);
    const classes = taken(this.classes, said, (one) =>
      mostProbable(one, row(probabilitiesTensor(one.name), one.classes.length), judged.flags),
    );
    const vectors = taken(this.vectors, said, (one) => vector(one, row(vectorTensor(one.name), one.length), judged.flags));
    const isAnswered = labels.length + classes.length + vectors.length > 0;
    const { inputsMissing, inputsOutsideLimits } = judged;
    return {
      ...{ labels, classes, vectors, inputsMissing, inputsOutsideLimits, refusal: null },
      flags: said.flags,
      unpredicted: isAnswered ? null : said.isPriorOnly ? "prior-only" : "not-finite",
    };
  }

  /** In a loop of its own: most versions have nothing else, and a list is made for every star. */
  private labels({ value, error }: InferenceOutput, star: number, flags: number, said: Said): LabelPrediction[] {
    const { quantities } = this;
    const first = star * quantities.length;
    const labels: LabelPrediction[] = [];
    for (let index = 0; index < quantities.length; index++)
      take(labels, quantity(quantities[index]!, value![first + index]!, error![first + index]!, flags), said);
    return labels;
  }
}
