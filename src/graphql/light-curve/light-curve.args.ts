import { ArgsType, Field, Float, Int } from "type-graphql";

@ArgsType()
export class LightCurveArgs {
  @Field(() => String, { nullable: true, description: "only this catalogue's: see `catalogues`" })
  readonly catalogue?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: "in order of phase instead of time" })
  readonly folded!: boolean;

  @Field(() => Float, { nullable: true, description: "[d] to fold with; that of `variability` when left out" })
  readonly period?: number | null;

  @Field(() => Boolean, { defaultValue: false, description: "with the points that the catalogue rejected" })
  readonly withRejected!: boolean;

  @Field(() => Int, { defaultValue: 300, description: "most points to return, 1 to 20000; Gaia has about 50 per band" })
  readonly maxPoints!: number;
}
