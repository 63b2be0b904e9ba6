import { Field, Float, InputType } from "type-graphql";
import type { PredictedClassFilter, PredictedLabelFilter } from "../../catalogue/predicted/predicted-filter";
import type { PredictionFlag } from "../../catalogue/prediction-flags";
import { PredictionFlags } from "../prediction/prediction.type";

/** What a query's argument `model` may name. */
export const MODEL = "NAME (its champion), NAME@alias or NAME@version: see `models`";

const WITHOUT_FLAGS = { nullable: true, description: "stars whose prediction has one of these flags are left out" };

@InputType("PredictedLabelRange", { description: "Stars for which a backfill of a model stored the label, within the range." })
export class PredictedLabelRange implements PredictedLabelFilter {
  @Field(() => String, { description: MODEL })
  readonly model!: string;

  @Field(() => String, { description: "one of the labels that the model predicts, as in teff" })
  readonly label!: string;

  @Field(() => Float, { nullable: true, description: "smallest value, in the label's unit" })
  readonly min?: number | null;

  @Field(() => Float, { nullable: true, description: "largest value, in the label's unit" })
  readonly max?: number | null;

  @Field(() => Float, { nullable: true, description: "largest standard deviation, in the label's unit" })
  readonly maxUncertainty?: number | null;

  @Field(() => [PredictionFlags], WITHOUT_FLAGS)
  readonly withoutFlags?: PredictionFlag[] | null;
}

@InputType("PredictedClassChoice", {
  description: "Stars of which a backfill of a model stored that they most probably belong to the class.",
})
export class PredictedClassChoice implements PredictedClassFilter {
  @Field(() => String, { description: MODEL })
  readonly model!: string;

  @Field(() => String, { nullable: true, description: "which of the model's classifications; may be left out where it has one" })
  readonly output?: string | null;

  @Field(() => String, { description: "one of its classes" })
  readonly class!: string;

  @Field(() => Float, { nullable: true, description: "smallest probability of the class, 0 to 1" })
  readonly minProbability?: number | null;

  @Field(() => [PredictionFlags], WITHOUT_FLAGS)
  readonly withoutFlags?: PredictionFlag[] | null;
}
