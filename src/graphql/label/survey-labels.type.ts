import { Field, Float, ObjectType } from "type-graphql";
import { type Abundance, SURVEY_LABELS } from "../../catalogue/survey-label";

@ObjectType("Abundance", { description: "A further chemical abundance." })
class AbundanceType implements Abundance {
  @Field(() => String, { description: "as in mgFe for [Mg/Fe]" })
  readonly name!: string;

  @Field(() => Float, { description: "[dex]" })
  readonly value!: number;

  @Field(() => Float, { nullable: true, description: "[dex]" })
  readonly error!: number | null;
}

@ObjectType("SurveyLabels", { description: "The labels of one star in one survey. Null: not measured." })
export class SurveyLabelsType {
  @Field(() => String, { description: "name of the survey's catalogue, as in apogee-dr17" })
  readonly survey!: string;

  @Field(() => Boolean, { description: "made by `asterism synthesize`, never observed" })
  readonly synthetic!: boolean;

  @Field(() => String, { description: "the survey's own identifier of the object" })
  readonly objectId!: string;

  @Field(() => String, { description: "the survey's own quality bits, as a decimal number of up to 64 bits" })
  readonly flags!: string;

  @Field(() => [AbundanceType], { description: "further abundances" })
  readonly abundances!: readonly Abundance[];
}

for (const [name, { unit, description }] of Object.entries(SURVEY_LABELS)) {
  Field(() => Float, { nullable: true, simple: true, description: `${unit ? `[${unit}] ` : ""}${description}` })(
    SurveyLabelsType.prototype,
    name,
  );
}
