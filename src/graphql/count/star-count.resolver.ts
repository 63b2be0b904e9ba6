import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { countStars, MAX_COUNTED } from "../../catalogue/count/count-stars";
import type { Context } from "../context";
import { RegionConnection } from "../region/star-neighbour.type";
import { StarConnection } from "../star/star-connection.type";
import { StarCount } from "./star-count.type";

const TOTAL = {
  description: "how many stars all pages have together; worked out only where it is asked for",
  // The cost is multiplied by the stars of the page, although the count is computed once.
  complexity: ({ args }: { args: Record<string, number> }) => 1 + Math.ceil((args.exactUpTo ?? 0) / 10_000),
};

const EXACT_UP_TO = {
  defaultValue: 0,
  description: `count them one by one up to so many, at most ${MAX_COUNTED}; 0: estimate, as also where counting takes more than 2 s`,
};

@Resolver(() => StarConnection)
export class StarCountResolver {
  @FieldResolver(() => StarCount, TOTAL)
  totalCount(
    @Root() { counted }: StarConnection,
    @Ctx() { database }: Context,
    @Arg("exactUpTo", () => Int, EXACT_UP_TO) most: number,
  ): Promise<StarCount> {
    return countStars(database, counted, most);
  }
}

@Resolver(() => RegionConnection)
export class RegionCountResolver {
  @FieldResolver(() => StarCount, TOTAL)
  totalCount(
    @Root() { counted }: RegionConnection,
    @Ctx() { database }: Context,
    @Arg("exactUpTo", () => Int, EXACT_UP_TO) most: number,
  ): Promise<StarCount> {
    return countStars(database, counted, most);
  }
}
