import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from "type-graphql";
import type { Release } from "../../catalogue/release";
import type { StarIdentity } from "../../catalogue/star";
import { type NearVector, nearestVectors } from "../../catalogue/vectors/nearest-vectors";
import { vectorSet } from "../../models/vector-set";
import type { Context } from "../context";
import { checkCount } from "../limits";
import { readAlone } from "../loading/read-alone";
import { StarType } from "../star/star.type";
import { StarFieldNeeds } from "../star/star-field";
import { loadStars } from "../star/star-selection";
import { NearVectorArgs, SimilarArgs } from "./similar.args";
import { SimilarStar } from "./similar-star.type";

/** Each search may compare 100,000 vectors, which takes as long as a hundred stars do. */
const COST = {
  complexity: ({ args, childComplexity }: { args: Record<string, number>; childComplexity: number }) =>
    100 + (args.first ?? 0) * childComplexity,
};

/** Loads the found stars; a star that was deleted since its vector was stored is skipped. */
async function nodes(context: Context, info: GraphQLResolveInfo, release: Release, found: readonly NearVector[]): Promise<SimilarStar[]> {
  const ids = found.map(({ sourceId }) => sourceId);
  const stars = await loadStars(info, context.loaders(release), ids);
  return found.flatMap(({ distance }, index) => {
    const node = stars[index];
    return node ? [{ distance, node }] : [];
  });
}

@Resolver(() => StarType)
export class SimilarResolver {
  @StarFieldNeeds({ reads: [] })
  @FieldResolver(() => [SimilarStar], {
    nullable: true,
    description: "The stars whose stored vectors are nearest to this star's, nearest first; null if it has none.",
    ...COST,
  })
  async similar(
    @Root() star: StarIdentity,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => SimilarArgs) { model, output, first, exact }: SimilarArgs,
  ): Promise<SimilarStar[] | null> {
    checkCount("first", first, 1, context.maxPageSize);
    const set = vectorSet(await context.modelVersion(model), output, star.release);
    const found = await context
      .loaders(star.release)
      .similar({ ...set, k: first, exact })
      .load(star.sourceId);
    return found && nodes(context, info, star.release, found);
  }

  @Query(() => [SimilarStar], { description: "The stars whose stored vectors are nearest to a given one, nearest first.", ...COST })
  async similarStars(
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
    @Args(() => NearVectorArgs) { model, output, first, exact, vector, release }: NearVectorArgs,
  ): Promise<SimilarStar[]> {
    checkCount("first", first, 1, context.maxPageSize);
    const set = vectorSet(await context.modelVersion(model), output, release);
    const found = await readAlone(context, "similar", first, () =>
      nearestVectors(context.database, { ...set, k: first, exact, of: vector }),
    );
    return nodes(context, info, release, found);
  }
}
