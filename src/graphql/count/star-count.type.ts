import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Count } from "../../catalogue/count/count-stars";

export enum CountRelation {
  EXACT = "EXACT",
  AT_LEAST = "AT_LEAST",
  ESTIMATED = "ESTIMATED",
}
registerEnumType(CountRelation, {
  name: "CountRelation",
  description: "Whether a count is exact.",
  valuesConfig: {
    EXACT: { description: "counted exactly" },
    AT_LEAST: { description: "at least so many; counting stopped at the limit" },
    ESTIMATED: { description: "estimated from the database's statistics" },
  },
});

@ObjectType("StarCount", { description: "How many stars there are in all pages together." })
export class StarCount implements Count {
  @Field(() => Int, { description: "number of stars" })
  readonly stars!: number;

  @Field(() => CountRelation)
  readonly relation!: Count["relation"];
}
