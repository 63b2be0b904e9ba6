import { Field, Float, Int, ObjectType } from "type-graphql";
import type { StarPart } from "../../catalogue/stars-by-ids";
import type { MatchFlag } from "../../science/crossmatch/match-flags";
import { MatchFlags } from "../crossmatch/crossmatch.type";
import { StarType } from "../star/star.type";

@ObjectType("PositionMatch", { description: "A star within the radius of a position." })
export class PositionMatchType {
  @Field(() => Float, { description: "[arcsec] along the great circle, at the position's epoch" })
  readonly separation!: number;

  @Field(() => Float, {
    nullable: true,
    description: "[arcsec] standard error of the separation along an axis; null where the position's is not known",
  })
  readonly separationError!: number | null;

  @Field(() => Float, { nullable: true, description: "[-] separation over its error" })
  readonly significance!: number | null;

  @Field(() => Int, { description: "1: the likeliest star within the radius" })
  readonly rank!: number;

  @Field(() => Int, { description: "stars within the radius" })
  readonly neighbours!: number;

  @Field(() => Int, { description: "other positions of the query of which the star is the best match too" })
  readonly mates!: number;

  @Field(() => Boolean, { description: "whether, of the positions of which the star is the best match, it fits this one best" })
  readonly bestForStar!: boolean;

  @Field(() => [MatchFlags], { description: "why the match deserves doubt; empty: no reason known" })
  readonly flags!: readonly MatchFlag[];

  @Field(() => StarType, { description: "the star as the catalogue has it" })
  readonly node!: StarPart;
}

@ObjectType("PositionMatches", { description: "The stars that a position may be." })
export class PositionMatchesType {
  @Field(() => [PositionMatchType], { description: "the likeliest first; empty: none is within the radius" })
  readonly matches!: PositionMatchType[];
}
