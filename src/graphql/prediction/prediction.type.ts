import { Field, Float, ObjectType, registerEnumType } from "type-graphql";
import { PREDICTION_FLAG_MEANINGS, PREDICTION_FLAGS, type PredictionFlag } from "../../models/flags";
import type { ModelVersion } from "../../models/registry/registry";
import { ModelVersionType } from "../model/model.type";

export const PredictionFlags = Object.fromEntries(Object.keys(PREDICTION_FLAGS).map((name) => [name, name])) as Record<
  PredictionFlag,
  PredictionFlag
>;
registerEnumType(PredictionFlags, {
  name: "PredictionFlag",
  description: "Why a prediction may be unreliable.",
  valuesConfig: Object.fromEntries(Object.entries(PREDICTION_FLAG_MEANINGS).map(([name, description]) => [name, { description }])),
});

export enum Unpredicted {
  NO_INPUT = "no-input",
  NOT_FINITE = "not-finite",
}
registerEnumType(Unpredicted, {
  name: "Unpredicted",
  description: "Why there is no label at all.",
  valuesConfig: { NO_INPUT: { description: "no input is known" }, NOT_FINITE: { description: "no output was a number" } },
});

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

@ObjectType("Prediction", { description: "The prediction of one model version for one star." })
export class PredictionType {
  @Field(() => ModelVersionType, { description: "which version says so" })
  readonly modelVersion!: ModelVersion;

  @Field(() => Boolean, { description: "read from the database, where a backfill put it; false: computed for this request" })
  readonly stored!: boolean;

  @Field(() => [PredictedLabelType])
  readonly labels!: readonly PredictedLabelType[];

  @Field(() => Unpredicted, { nullable: true, description: "why there is no label; null where there are some" })
  readonly unpredicted!: `${Unpredicted}` | null;

  @Field(() => [String], { nullable: true, description: "inputs that were missing and were filled; null if stored" })
  readonly inputsMissing!: readonly string[] | null;

  @Field(() => [String], { nullable: true, description: "inputs beyond the training stars' limits; null if stored" })
  readonly inputsOutsideLimits!: readonly string[] | null;
}
