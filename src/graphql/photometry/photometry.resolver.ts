import { Arg, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Measurement } from "../../catalogue/photometry";
import type { StarIdentity } from "../../catalogue/star";
import type { Context } from "../context";
import { StarType } from "../star/star.type";
import { StarFieldNeeds } from "../star/star-field";
import { PhotometryType } from "./photometry.type";

const ofCatalogue = (all: readonly Measurement[], { catalogue }: { readonly catalogue?: string | null }) =>
  catalogue == null ? all : all.filter((measurement) => measurement.catalogue === catalogue);

@Resolver(() => StarType)
export class PhotometryResolver {
  @StarFieldNeeds({ reads: [], loader: (loaders) => loaders.photometry, answer: ofCatalogue })
  @FieldResolver(() => [PhotometryType], {
    description: "Measured bands of matched catalogues, by catalogue in the order of its bands.",
    complexity: ({ childComplexity }) => 2 + 15 * childComplexity,
  })
  async photometry(
    @Root() star: StarIdentity,
    @Ctx() context: Context,
    @Arg("catalogue", () => String, { nullable: true, description: "only this catalogue's: see `catalogues`" }) catalogue: string | null,
  ): Promise<readonly Measurement[]> {
    return ofCatalogue(await context.loaders(star.release).photometry.load(star.sourceId), { catalogue });
  }
}
