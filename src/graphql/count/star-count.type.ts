import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Count } from "../../catalogue/count/count-stars";

export enum CountRelation {
  EXACT = "EXACT",
  AT_LEAST = "AT_LEAST",
  ESTIMATED = "ESTIMATED",
}
registerEnumType(CountRelation, {
  name: "CountRelation",
  description: "How a count is to be read.",
  valuesConfig: {
    EXACT: { description: "so many, counted one by one" },
    AT_LEAST: { description: "counting ended at the bound: more follow" },
    ESTIMATED: { description: "about so many, by the database's statistics" },
  },
});

@ObjectType("StarCount", { description: "How many stars there are in all pages together." })
export class StarCount implements Count {
  @Field(() => Int, { description: "number of stars" })
  readonly stars!: number;

  @Field(() => CountRelation)
  readonly relation!: Count["relation"];
}
