import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import type { PredictionFlag } from "../../catalogue/prediction-flags";
import { REFUSALS } from "../../catalogue/refusals";
import type { ModelVersion } from "../../models/registry/registry";
import { enumOf } from "../enum-of";
import { ModelVersionType } from "../model/model.type";
import { PredictionFlags } from "../prediction/prediction.type";

/** Why there is no metallicity. */
export const METALLICITY_REFUSALS = { ...REFUSALS, NO_ANSWER: "the model's output is not a number" } as const;
export type MetallicityRefusal = keyof typeof METALLICITY_REFUSALS;
const Refusals = enumOf("MetallicityRefusal", "Why there is no metallicity.", METALLICITY_REFUSALS);

export enum PeriodSource {
  GIVEN = "given",
  CATALOGUE = "catalogue",
  FOUND = "found",
}
registerEnumType(PeriodSource, {
  name: "PeriodSource",
  description: "Where a period comes from.",
  valuesConfig: {
    GIVEN: { description: "the request" },
    CATALOGUE: { description: "the star's `variability`" },
    FOUND: { description: "searched for in the light curve" },
  },
});

@ObjectType("RrLyraeDistance", { description: "How far an RR Lyrae star is, by its metallicity (Muraveva et al. 2018, MNRAS 481, 1195)." })
export class RrLyraeDistanceType {
  @Field(() => Float, { description: "[mag] m - M in G, corrected for extinction" })
  readonly distanceModulus!: number;

  @Field(() => Float, {
    description: "[mag] one standard deviation: of the metallicity, the relation, the mean magnitude and the extinction",
  })
  readonly distanceModulusError!: number;

  @Field(() => Float, { description: "[pc]" })
  readonly distance!: number;

  @Field(() => Float, { description: "[pc] one standard deviation" })
  readonly distanceError!: number;

  @Field(() => Float, { description: "[mag] of the mean flux over the cycle" })
  readonly meanMag!: number;
}

@ObjectType("Metallicity", {
  description: "What a model says of an RR Lyrae star's light curve. A number always comes with its error and with what to doubt about it.",
})
export class MetallicityType {
  @Field(() => ModelVersionType, { description: "which version says so" })
  readonly modelVersion!: ModelVersion;

  @Field(() => Float, { nullable: true, description: "[dex] iron abundance [Fe/H]; null if there is a `refusal`" })
  readonly feh!: number | null;

  @Field(() => Float, { nullable: true, description: "[dex] one standard deviation of feh, calibrated" })
  readonly fehError!: number | null;

  @Field(() => [PredictionFlags], { description: "why it deserves doubt; empty: no reason known" })
  readonly flags!: readonly PredictionFlag[];

  @Field(() => Refusals, { nullable: true, description: "why there is no metallicity; null where there is one" })
  readonly refusal!: MetallicityRefusal | null;

  @Field(() => String, { nullable: true, description: "the refusal in words" })
  readonly message!: string | null;

  @Field(() => Float, { nullable: true, description: "[d] that the light curve was folded with" })
  readonly period!: number | null;

  @Field(() => PeriodSource, { nullable: true })
  readonly periodSource!: `${PeriodSource}` | null;

  @Field(() => Int, { description: "points that came" })
  readonly points!: number;

  @Field(() => Int, { description: "used points; the others are not measurements or are repeated" })
  readonly pointsUsed!: number;

  @Field(() => [String], { description: "the model's inputs that were missing and were filled" })
  readonly inputsMissing!: readonly string[];

  @Field(() => [String], { description: "the model's inputs beyond the training stars' limits" })
  readonly inputsOutsideLimits!: readonly string[];

  @Field(() => RrLyraeDistanceType, { nullable: true, description: "where `extinctionG` was given and there is a metallicity" })
  readonly distance!: RrLyraeDistanceType | null;
}
