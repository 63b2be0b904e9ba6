import { Field, ObjectType } from "type-graphql";
import type { CountedStars } from "../../catalogue/count/count-stars";
import type { StarPart } from "../../catalogue/stars-by-ids";
import { StarType } from "./star.type";

@ObjectType("PageInfo")
export class PageInfo {
  @Field(() => Boolean, { description: "whether more stars follow" })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, { description: "whether the page began at a cursor" })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true })
  readonly startCursor!: string | null;

  @Field(() => String, { nullable: true, description: "give it as `after` for the next page" })
  readonly endCursor!: string | null;
}

@ObjectType("StarEdge")
export class StarEdge {
  @Field(() => String, { description: "opaque position of this star in the order" })
  readonly cursor!: string;

  @Field(() => StarType)
  readonly node!: StarPart;
}

@ObjectType("StarConnection", {
  description: "A page of stars. Pages go by key: none is lost or repeated, and the last costs what the first does.",
})
export class StarConnection {
  @Field(() => [StarEdge])
  readonly edges!: StarEdge[];

  @Field(() => [StarType], { description: "the stars of the edges" })
  readonly nodes!: StarPart[];

  @Field(() => PageInfo)
  readonly pageInfo!: PageInfo;

  /** the stars that totalCount counts */
  readonly counted!: CountedStars;
}
