import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Crossmatch } from "../../catalogue/crossmatch";
import type { Star } from "../../catalogue/star";
import type { Context } from "../context";
import { StarType } from "../star/star.type";
import { CrossmatchType } from "./crossmatch.type";

@Resolver(() => StarType)
export class CrossmatchResolver {
  @FieldResolver(() => [CrossmatchType], {
    description: "This star in other catalogues.",
    complexity: ({ childComplexity }) => 2 + 5 * childComplexity,
  })
  crossmatches(@Root() star: Star, @Ctx() context: Context): Promise<Crossmatch[]> {
    return context.loaders(star.release).crossmatches.load(star.sourceId);
  }
}
