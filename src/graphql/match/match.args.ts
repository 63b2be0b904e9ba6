import { ArgsType, Field, Float, InputType, Int } from "type-graphql";
import type { Release } from "../../catalogue/release";
import { DataRelease } from "../star/star.type";

@InputType("MatchPosition", { description: "Where an object was seen, when and how well." })
export class MatchPositionInput {
  @Field(() => Float, { description: "[deg] right ascension, ICRS, 0 to 360" })
  readonly ra!: number;

  @Field(() => Float, { description: "[deg] declination, ICRS, -90 to 90" })
  readonly dec!: number;

  @Field(() => Float, {
    nullable: true,
    description: "[yr] Julian year of the position, 1900 to 2100: stars are where they were then; left out: at their refEpoch",
  })
  readonly epoch?: number | null;

  @Field(() => Float, { nullable: true, description: "[arcsec] standard error of the position along an axis, above 0" })
  readonly errorArcsec?: number | null;
}

@ArgsType()
export class MatchArgs {
  @Field(() => [MatchPositionInput], { description: "as many as a page has stars" })
  readonly positions!: MatchPositionInput[];

  @Field(() => Float, { defaultValue: 1, description: "[arcsec] farthest that a star may be, above 0 and at most 300" })
  readonly radiusArcsec!: number;

  @Field(() => Int, { defaultValue: 1, description: "stars of each position, 1 to 20, the likeliest first" })
  readonly first!: number;

  @Field(() => DataRelease, { defaultValue: DataRelease.DR3, description: "data release of the stars" })
  readonly release!: Release;
}
