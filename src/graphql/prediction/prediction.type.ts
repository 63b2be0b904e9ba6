import { Field, Float, ObjectType } from "type-graphql";
import { PREDICTION_FLAG_MEANINGS, type PredictionFlag } from "../../catalogue/prediction-flags";
import { UNPREDICTED_REASONS, type UnpredictedReason } from "../../catalogue/refusals";
import type { ModelVersion } from "../../models/registry/registry";
import { enumOf } from "../enum-of";
import { ModelVersionType } from "../model/model.type";

export const PredictionFlags = enumOf("PredictionFlag", "Why a prediction may be unreliable.", PREDICTION_FLAG_MEANINGS);

const Unpredicted = enumOf("Unpredicted", "Why there is no answer at all.", UNPREDICTED_REASONS);

@ObjectType("PredictedLabel", { description: "A label as one model version predicts it." })
export class PredictedLabelType {
  @Field(() => ModelVersionType, { description: "which version says so" })
  readonly modelVersion!: ModelVersion;

  @Field(() => String, { description: "teff, logg, feh, mh, alphaM, ..." })
  readonly parameter!: string;

  @Field(() => String, { description: "unit of value and uncertainty: K, dex, ..." })
  readonly unit!: string;

  @Field(() => Float, { description: "in the unit that `unit` names" })
  readonly value!: number;

  @Field(() => Float, { description: "one standard deviation, calibrated, in the unit that `unit` names" })
  readonly uncertainty!: number;

  @Field(() => [PredictionFlags], { description: "why it deserves doubt; empty: no reason known" })
  readonly flags!: readonly PredictionFlag[];
}

@ObjectType("ClassProbability", { description: "How probable one class is." })
export class ClassProbabilityType {
  @Field(() => String)
  readonly class!: string;

  @Field(() => Float, { description: "calibrated; those of all classes add up to 1" })
  readonly probability!: number;
}

@ObjectType("PredictedClass", { description: "Which class a star belongs to, as one model version predicts it." })
export class PredictedClassType {
  @Field(() => String, { description: "of the classification, as in variableType" })
  readonly name!: string;

  @Field(() => String, { description: "the most probable class" })
  readonly value!: string;

  @Field(() => Float, { description: "of that class, calibrated" })
  readonly probability!: number;

  @Field(() => [ClassProbabilityType], { description: "of every class" })
  readonly probabilities!: readonly ClassProbabilityType[];

  @Field(() => [PredictionFlags], { description: "why it deserves doubt; empty: no reason known" })
  readonly flags!: readonly PredictionFlag[];
}

@ObjectType("PredictedVector", { description: "A vector of a star, as one model version computes it: near means alike." })
export class PredictedVectorType {
  @Field(() => String)
  readonly name!: string;

  @Field(() => [Float], { description: "[-]" })
  readonly values!: readonly number[];

  @Field(() => [PredictionFlags], { description: "why it deserves doubt; empty: no reason known" })
  readonly flags!: readonly PredictionFlag[];
}

@ObjectType("Prediction", { description: "The prediction of one model version for one star." })
export class PredictionType {
  @Field(() => ModelVersionType, { description: "which version says so" })
  readonly modelVersion!: ModelVersion;

  @Field(() => Boolean, { description: "read from the database, where a backfill put it; false: computed for this request" })
  readonly stored!: boolean;

  @Field(() => [PredictedLabelType])
  readonly labels!: readonly PredictedLabelType[];

  @Field(() => [PredictedClassType])
  readonly classes!: readonly PredictedClassType[];

  @Field(() => [PredictedVectorType])
  readonly vectors!: readonly PredictedVectorType[];

  @Field(() => Unpredicted, { nullable: true, description: "why there is no answer; null where there is one" })
  readonly unpredicted!: UnpredictedReason | null;

  @Field(() => [String], { nullable: true, description: "inputs that were missing and were filled; null if stored" })
  readonly inputsMissing!: readonly string[] | null;

  @Field(() => [String], { nullable: true, description: "inputs beyond the training stars' limits; null if stored" })
  readonly inputsOutsideLimits!: readonly string[] | null;
}
