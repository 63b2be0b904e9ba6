import { Field, Float, ObjectType } from "type-graphql";
import type { StarPart } from "../../catalogue/stars-by-ids";
import { StarType } from "../star/star.type";

@ObjectType("SimilarStar", { description: "A star whose vector lies near another one." })
export class SimilarStar {
  @Field(() => Float, { description: "[-] Euclidean distance between the two vectors" })
  readonly distance!: number;

  @Field(() => StarType, { description: "the star as the catalogue has it" })
  readonly node!: StarPart;
}
