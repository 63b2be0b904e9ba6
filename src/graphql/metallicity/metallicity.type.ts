import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import type { LightCurveRefusal } from "../../features/light-curve/fold-light-curve";
import type { PredictionFlag } from "../../models/flags";
import type { ModelVersion } from "../../models/registry/registry";
import { ModelVersionType } from "../model/model.type";
import { PredictionFlags } from "../prediction/prediction.type";

/** Why there is no metallicity. */
export type MetallicityRefusal = LightCurveRefusal | "NO_ANSWER";

/** Explanations of the refusals for API users. */
export const REFUSALS: Readonly<Record<MetallicityRefusal, string>> = {
  NO_POINTS: "not one point has a finite time or phase and a magnitude, or a positive flux",
  TOO_FEW_POINTS: "fewer than 8 usable points",
  PHASE_GAP_TOO_LARGE: "more than 60% of the cycle was never observed",
  NO_VARIATION: "the magnitudes are all the same",
  PERIOD_MISSING: "no period can be found from phases: give `period`",
  PERIOD_IMPOSSIBLE: "the period is impossible for an RR Lyrae star: not 0.1 to 1.5 d",
  PERIOD_NOT_FOUND: "no period was found: give `period`, or at least 12 points with times in days",
  NO_ANSWER: "the model's output is not a number",
};
const Refusals = Object.fromEntries(Object.keys(REFUSALS).map((name) => [name, name])) as Record<MetallicityRefusal, MetallicityRefusal>;
registerEnumType(Refusals, {
  name: "MetallicityRefusal",
  description: "Why there is no metallicity.",
  valuesConfig: Object.fromEntries(Object.entries(REFUSALS).map(([name, description]) => [name, { description }])),
});

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
