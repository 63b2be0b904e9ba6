import { Field, InputType, registerEnumType } from "type-graphql";
import { meantSurveyOrder, type SurveyLabelOrder } from "../../catalogue/labels/survey-order";
import type { PredictedClassOrder, PredictedLabelOrder, StarOrder } from "../../catalogue/page-order";
import { MODEL } from "../../catalogue/star-filter-fields";
import { meantOrder } from "../../models/meant-filter";
import type { Context } from "../context";

export enum StarOrderField {
  SOURCE_ID = "sourceId",
  PHOT_G_MEAN_MAG = "photGMeanMag",
  BP_RP = "bpRp",
  PARALLAX = "parallax",
}
registerEnumType(StarOrderField, { name: "StarOrderField", description: "What pages of stars may be ordered by." });

export enum OrderDirection {
  ASC = "ASC",
  DESC = "DESC",
}
registerEnumType(OrderDirection, { name: "OrderDirection" });

@InputType("SurveyLabelOrder", {
  description:
    "By the value that a survey gives of a label. A star that is several objects of the survey stands where the first of them does.",
})
class SurveyLabelOrderInput implements SurveyLabelOrder {
  @Field(() => String, { description: "name or alias of the survey's catalogue: see `catalogues`" })
  readonly survey!: string;

  @Field(() => String, { description: "one of the labels that the survey gives, as in teff or mgFe: see `labels` of `catalogues`" })
  readonly label!: string;
}

@InputType("PredictedLabelOrder", { description: "By the value of a label that a backfill of a model stored." })
class PredictedLabelOrderInput implements PredictedLabelOrder {
  @Field(() => String, { description: MODEL })
  readonly model!: string;

  @Field(() => String, { description: "one of the labels that the model predicts, as in teff" })
  readonly label!: string;
}

@InputType("PredictedClassOrder", { description: "The stars that most probably belong to a class, by the probability of that." })
class PredictedClassOrderInput implements PredictedClassOrder {
  @Field(() => String, { description: MODEL })
  readonly model!: string;

  @Field(() => String, { nullable: true, description: "which of the model's classifications; may be left out where it has one" })
  readonly output?: string | null;

  @Field(() => String, { description: "one of its classes" })
  readonly class!: string;
}

@InputType("StarOrder", { description: "Stars of equal value follow by sourceId; stars without a value come last either way." })
export class StarOrderInput implements StarOrder {
  @Field(() => StarOrderField, { defaultValue: StarOrderField.SOURCE_ID })
  readonly by!: StarOrder["by"];

  @Field(() => SurveyLabelOrderInput, { nullable: true, description: "by a survey's label, instead of `by`" })
  readonly surveyLabel?: SurveyLabelOrder | null;

  @Field(() => PredictedLabelOrderInput, { nullable: true, description: "by a predicted label, instead of `by`" })
  readonly predictedLabel?: PredictedLabelOrderInput | null;

  @Field(() => PredictedClassOrderInput, { nullable: true, description: "by the probability of a predicted class, instead of `by`" })
  readonly predictedClass?: PredictedClassOrderInput | null;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC })
  readonly direction!: StarOrder["direction"];
}

/** An order with what its surveys and models mean. @throws AppError BAD_INPUT, NOT_FOUND, MODEL_UNAVAILABLE for what there is not */
export async function starOrder({ modelVersion, database }: Context, input: StarOrderInput): Promise<StarOrder> {
  const order = await meantOrder(modelVersion, input);
  return order.surveyLabel ? { ...order, surveyLabel: await meantSurveyOrder(database, order.surveyLabel) } : order;
}
