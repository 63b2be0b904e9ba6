import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Crossmatch } from "../../catalogue/crossmatch";
import type { StarIdentity } from "../../catalogue/star";
import type { Context } from "../context";
import { StarType } from "../star/star.type";
import { StarFieldNeeds } from "../star/star-field";
import { CrossmatchType } from "./crossmatch.type";

@Resolver(() => StarType)
export class CrossmatchResolver {
  @StarFieldNeeds({ reads: [], loader: (loaders) => loaders.crossmatches, answer: (all) => all })
  @FieldResolver(() => [CrossmatchType], {
    description: "This star in other catalogues.",
    complexity: ({ childComplexity }) => 2 + 5 * childComplexity,
  })
  crossmatches(@Root() star: StarIdentity, @Ctx() context: Context): Promise<readonly Crossmatch[]> {
    return context.loaders(star.release).crossmatches.load(star.sourceId);
  }
}
