import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { StarIdentity } from "../../catalogue/star";
import type { Variability } from "../../catalogue/variability";
import type { Context } from "../context";
import { StarType } from "../star/star.type";
import { StarFieldNeeds } from "../star/star-field";
import { VariabilityType } from "./variability.type";

const load = StarFieldNeeds({ reads: [], loader: (loaders) => loaders.variability });

@Resolver(() => StarType)
export class VariabilityResolver {
  @load
  @FieldResolver(() => VariabilityType, {
    nullable: true,
    description: "The most that is known of the star's variability: computed from its light curve of the most points, else published.",
    complexity: ({ childComplexity }) => 2 + childComplexity,
  })
  async variability(@Root() star: StarIdentity, @Ctx() context: Context): Promise<Variability | null> {
    return (await this.variabilities(star, context))[0] ?? null;
  }

  @load
  @FieldResolver(() => [VariabilityType], {
    description: "All that is known of the star's variability, computed before published.",
    complexity: ({ childComplexity }) => 2 + 5 * childComplexity,
  })
  async variabilities(@Root() star: StarIdentity, @Ctx() context: Context): Promise<readonly Variability[]> {
    return context.loaders(star.release).variability.load(star.sourceId);
  }
}
