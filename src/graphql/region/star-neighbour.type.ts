import { Field, Float, ObjectType } from "type-graphql";
import type { CountedStars } from "../../catalogue/count/count-stars";
import type { StarPart } from "../../catalogue/stars-by-ids";
import { StarType } from "../star/star.type";
import { PageInfo } from "../star/star-connection.type";

@ObjectType("StarNeighbour", { description: "A star with its distance from the centre of a search." })
export class StarNeighbour {
  @Field(() => Float, { description: "[arcsec] great-circle distance from the centre, at the epoch of the search" })
  readonly distanceArcsec!: number;

  @Field(() => Float, { description: "[deg] right ascension, ICRS, at the epoch of the search; without one, at the star's refEpoch" })
  readonly ra!: number;

  @Field(() => Float, { description: "[deg] declination, ICRS, at the epoch of the search; without one, at the star's refEpoch" })
  readonly dec!: number;

  @Field(() => StarType, { description: "the star as the catalogue has it" })
  readonly node!: StarPart;
}

@ObjectType("RegionEdge", { description: "A star of a region." })
export class RegionEdge extends StarNeighbour {
  @Field(() => String, { description: "opaque position of this star in the order of distance" })
  readonly cursor!: string;
}

@ObjectType("RegionConnection", {
  description: "A page of a region's stars, nearest to its centre first; equal distances follow by sourceId.",
})
export class RegionConnection {
  @Field(() => [RegionEdge])
  readonly edges!: RegionEdge[];

  @Field(() => [StarType], { description: "the stars of the edges" })
  readonly nodes!: StarPart[];

  @Field(() => PageInfo)
  readonly pageInfo!: PageInfo;

  /** the stars that totalCount counts */
  readonly counted!: CountedStars;
}
