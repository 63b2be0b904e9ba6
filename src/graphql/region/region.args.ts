import { ArgsType, Field, Float, InputType, Int } from "type-graphql";
import type { Release } from "../../catalogue/release";
import { DataRelease } from "../star/star.type";
import { StarFilterInput } from "../star/star-filter.input";

/** Arguments of every region search. */
@ArgsType()
export class SearchArgs {
  @Field(() => Float, {
    nullable: true,
    description: "[yr] Julian year, 1900 to 2100: search where the stars are then by their proper motions; left out: at their refEpoch",
  })
  readonly epoch?: number | null;

  @Field(() => StarFilterInput, { nullable: true, description: "only stars that satisfy it" })
  readonly filter?: StarFilterInput | null;

  @Field(() => DataRelease, { defaultValue: DataRelease.DR3, description: "data release of the stars" })
  readonly release!: Release;
}

@ArgsType()
export class RegionArgs extends SearchArgs {
  @Field(() => Int, { defaultValue: 20, description: "stars a page" })
  readonly first!: number;

  @Field(() => String, { nullable: true, description: "a cursor of the same region, epoch and release: the page begins behind it" })
  readonly after?: string | null;
}

@ArgsType()
export class ConeArgs extends RegionArgs {
  @Field(() => Float, { description: "[deg] right ascension of the centre, ICRS, 0 to 360" })
  readonly ra!: number;

  @Field(() => Float, { description: "[deg] declination of the centre, ICRS, -90 to 90" })
  readonly dec!: number;

  @Field(() => Float, { description: "[arcsec] radius, above 0 and at most 36000 (10 degrees)" })
  readonly radiusArcsec!: number;
}

@ArgsType()
export class BoxArgs extends RegionArgs {
  @Field(() => Float, { description: "[deg] western edge, 0 to 360; where it is above raMax the box crosses ra = 0" })
  readonly raMin!: number;

  @Field(() => Float, { description: "[deg] eastern edge, 0 to 360" })
  readonly raMax!: number;

  @Field(() => Float, { description: "[deg] southern edge, -90 to 90" })
  readonly decMin!: number;

  @Field(() => Float, { description: "[deg] northern edge, -90 to 90; no corner may be 10 degrees from the centre" })
  readonly decMax!: number;
}

@InputType("SkyPosition", { description: "A direction, ICRS." })
class SkyPositionInput {
  @Field(() => Float, { description: "[deg] right ascension, 0 to 360" })
  readonly ra!: number;

  @Field(() => Float, { description: "[deg] declination, -90 to 90" })
  readonly dec!: number;
}

@ArgsType()
export class PolygonArgs extends RegionArgs {
  @Field(() => [SkyPositionInput], {
    description:
      "3 to 100 corners in order around it, either way, joined by great circles that do not cross; within 10 degrees of their middle",
  })
  readonly vertices!: SkyPositionInput[];
}

@ArgsType()
export class NearestArgs extends SearchArgs {
  @Field(() => Float, { description: "[deg] right ascension, ICRS, 0 to 360" })
  readonly ra!: number;

  @Field(() => Float, { description: "[deg] declination, ICRS, -90 to 90" })
  readonly dec!: number;

  @Field(() => Int, { defaultValue: 1, description: "how many stars" })
  readonly limit!: number;
}
