import { Field, Float, InputType, registerEnumType } from "type-graphql";
import { STAR_COLUMNS } from "../../catalogue/star";
import { FILTER_COLUMNS, type PositionFilter, type Range, type StarFilter, type SurveyLabelFilter } from "../../catalogue/star-filter";
import { SURVEY_LABELS } from "../../catalogue/survey-label";
import { LABELS } from "../../science/labels";

/** What every survey may give: those with fields of their own, and their errors; then the rest of the list. */
const FILTER_LABELS: Readonly<Record<string, { readonly unit: string | null; readonly description: string }>> = {
  ...SURVEY_LABELS,
  ...Object.fromEntries(LABELS.filter(({ name }) => !Object.hasOwn(SURVEY_LABELS, name)).map((label) => [label.name, label])),
};
const SurveyLabelNames = Object.fromEntries(Object.keys(FILTER_LABELS).map((name) => [name, name]));
registerEnumType(SurveyLabelNames, {
  name: "SurveyLabelName",
  description: "A label that surveys give. Which of them a survey gives: `labels` of `catalogues`.",
  valuesConfig: Object.fromEntries(
    Object.entries(FILTER_LABELS).map(([name, { unit, description }]) => [
      name,
      { description: `${unit ? `[${unit}] ` : ""}${description}` },
    ]),
  ),
});

@InputType("FloatRange", { description: "Both ends are included; an end left out is open." })
class FloatRange implements Range {
  @Field(() => Float, { nullable: true, description: "smallest value" })
  readonly min?: number | null;

  @Field(() => Float, { nullable: true, description: "largest value" })
  readonly max?: number | null;
}

@InputType("PositionRange", { description: "A box on the sky, ICRS at the star's refEpoch." })
class PositionRange implements PositionFilter {
  @Field(() => FloatRange, { nullable: true, description: "[deg] 0 to 360; where min is above max the box crosses ra = 0" })
  readonly ra?: FloatRange | null;

  @Field(() => FloatRange, { nullable: true, description: "[deg] -90 to 90" })
  readonly dec?: FloatRange | null;
}

@InputType("SurveyLabelRange", { description: "Stars to which one survey gives the label, within the range." })
class SurveyLabelRange implements SurveyLabelFilter {
  @Field(() => String, { description: "name or alias of the survey's catalogue: see `catalogues`" })
  readonly survey!: string;

  @Field(() => SurveyLabelNames, { nullable: true, description: "which label of the list; or give ownLabel" })
  readonly label?: string | null;

  @Field(() => String, { nullable: true, description: "a label that this survey alone gives, by its name: see `labels` of `catalogues`" })
  readonly ownLabel?: string | null;

  @Field(() => Float, { nullable: true, description: "smallest value, in the label's unit" })
  readonly min?: number | null;

  @Field(() => Float, { nullable: true, description: "largest value, in the label's unit" })
  readonly max?: number | null;
}

@InputType("StarFilter", { description: "All that is given must hold. A range holds only where the value was measured." })
export class StarFilterInput {
  @Field(() => PositionRange, { nullable: true, description: "a box on the sky" })
  readonly position?: PositionRange | null;

  @Field(() => SurveyLabelRange, { nullable: true, description: "a label of a survey" })
  readonly surveyLabel?: SurveyLabelRange | null;

  @Field(() => Boolean, { nullable: true, description: "true: synthetic stars only; false: observed ones only" })
  readonly synthetic?: boolean | null;

  @Field(() => [StarFilterInput], { nullable: true, description: "all of these hold" })
  readonly and?: StarFilterInput[] | null;

  @Field(() => [StarFilterInput], { nullable: true, description: "at least one of these holds" })
  readonly or?: StarFilterInput[] | null;
}

for (const name of FILTER_COLUMNS) {
  const { unit, description } = STAR_COLUMNS[name];
  Field(() => FloatRange, { nullable: true, description: `[${unit}] ${description}` })(StarFilterInput.prototype, name);
}

/** For TypeScript, the class lacks the fields that the loop above adds. */
export const asStarFilter = (input: StarFilterInput | null | undefined): StarFilter => input ?? {};
