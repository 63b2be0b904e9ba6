import { Arg, Ctx, Extensions, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { countStars, MAX_COUNTED } from "../../catalogue/count/count-stars";
import type { Context } from "../context";
import { type Once, PRICE } from "../price";
import { RegionConnection } from "../region/star-neighbour.type";
import { StarConnection } from "../star/star-connection.type";
import { StarCount } from "./star-count.type";

const TOTAL = {
  description: "how many stars all pages have together; worked out only where it is asked for",
  // Its page multiplies this by its stars, although the count is computed once: see WORK.
  complexity: () => 0,
};

const WORK: Once = { once: ({ exactUpTo = 0 }) => PRICE.estimate + Math.ceil(Math.min(exactUpTo, MAX_COUNTED) / PRICE.counted) };

const EXACT_UP_TO = {
  defaultValue: 0,
  description: `count them one by one up to so many, at most ${MAX_COUNTED}; 0: estimate, as also where counting takes more than 2 s`,
};

@Resolver(() => StarConnection)
export class StarCountResolver {
  @Extensions(WORK)
  @FieldResolver(() => StarCount, TOTAL)
  totalCount(
    @Root() { counted }: StarConnection,
    @Ctx() { database, inTurn }: Context,
    @Arg("exactUpTo", () => Int, EXACT_UP_TO) most: number,
  ): Promise<StarCount> {
    return inTurn(() => countStars(database, counted, most));
  }
}

@Resolver(() => RegionConnection)
export class RegionCountResolver {
  @Extensions(WORK)
  @FieldResolver(() => StarCount, TOTAL)
  totalCount(
    @Root() { counted }: RegionConnection,
    @Ctx() { database, inTurn }: Context,
    @Arg("exactUpTo", () => Int, EXACT_UP_TO) most: number,
  ): Promise<StarCount> {
    return inTurn(() => countStars(database, counted, most));
  }
}
