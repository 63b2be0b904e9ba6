import { Field, Float, Int, ObjectType } from "type-graphql";
import type { Crossmatch } from "../../catalogue/crossmatch";
import { MATCH_FLAG_MEANINGS, type MatchFlag } from "../../science/crossmatch/match-flags";
import { enumOf } from "../enum-of";

export const MatchFlags = enumOf("MatchFlag", "Why a match by position deserves doubt.", MATCH_FLAG_MEANINGS);

@ObjectType("Crossmatch", {
  description:
    "An object of another catalogue that is this star. Beside catalogue, object and method, what is told is null where the match is by identifier.",
})
export class CrossmatchType implements Crossmatch {
  @Field(() => String, { description: "name of the catalogue" })
  readonly catalogue!: string;

  @Field(() => String, { description: "the catalogue's own identifier of the object" })
  readonly objectId!: string;

  @Field(() => Float, {
    nullable: true,
    description: "[arcsec] after propagation to the object's epoch; null where the match is by identifier",
  })
  readonly separation!: number | null;

  @Field(() => String, { description: "identifier or position" })
  readonly method!: string;

  @Field(() => Float, {
    nullable: true,
    description: "[arcsec] standard error of the separation along an axis; null where the object's is not known",
  })
  readonly separationError!: number | null;

  @Field(() => Float, { nullable: true, description: "[-] separation over its error" })
  readonly significance!: number | null;

  @Field(() => Int, { nullable: true, description: "1: the likeliest star within the radius" })
  readonly rank!: number | null;

  @Field(() => Int, { nullable: true, description: "stars within the radius of the object" })
  readonly neighbours!: number | null;

  @Field(() => Int, { nullable: true, description: "other objects of the catalogue that are matched to this star" })
  readonly mates!: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "whether, of the catalogue's objects that are matched to this star, it fits this one best",
  })
  readonly bestForStar!: boolean | null;

  @Field(() => Float, { nullable: true, description: "[arcsec] in which stars were searched for" })
  readonly radius!: number | null;

  @Field(() => [MatchFlags], { description: "why the match deserves doubt; empty: no reason known" })
  readonly flags!: readonly MatchFlag[];
}
