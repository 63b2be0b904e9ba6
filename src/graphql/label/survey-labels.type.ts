import { Field, Float, ObjectType } from "type-graphql";
import { type Abundance, type LabelValue, SURVEY_LABELS } from "../../catalogue/survey-label";

@ObjectType("Abundance", { description: "A further chemical abundance." })
class AbundanceType implements Abundance {
  @Field(() => String, { description: "as in mgFe for [Mg/Fe]" })
  readonly name!: string;

  @Field(() => Float, { description: "[dex]" })
  readonly value!: number;

  @Field(() => Float, { nullable: true, description: "[dex]" })
  readonly error!: number | null;
}

@ObjectType("SurveyLabel", { description: "One label that a survey gives a star." })
class SurveyLabelType implements LabelValue {
  @Field(() => String, { description: "as in teff or mgFe, or the survey's own: see `labels` of `catalogues` for what it means" })
  readonly name!: string;

  @Field(() => Float, { description: "in `unit`" })
  readonly value!: number;

  @Field(() => Float, { nullable: true, description: "standard error, in `unit`" })
  readonly error!: number | null;

  @Field(() => String, { nullable: true, description: "null for a pure number" })
  readonly unit!: string | null;

  @Field(() => String, { nullable: true, description: "the survey's own quality bits of this label, as a decimal number" })
  readonly flag!: string | null;
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

  @Field(() => [SurveyLabelType], {
    description: "every label that the survey gives the star, by name those that have no field of their own",
    complexity: ({ childComplexity }) => 10 * childComplexity,
  })
  readonly labels!: readonly LabelValue[];

  @Field(() => [AbundanceType], {
    description: "further labels in dex",
    deprecationReason: "`labels` has them too, with units and flags, and those in other units",
  })
  readonly abundances!: readonly Abundance[];
}

for (const [name, { unit, description }] of Object.entries(SURVEY_LABELS)) {
  Field(() => Float, { nullable: true, simple: true, description: `${unit ? `[${unit}] ` : ""}${description}` })(
    SurveyLabelsType.prototype,
    name,
  );
}
