import { Ctx, Query, Resolver } from "type-graphql";
import { type Catalogue, catalogues } from "../../catalogue/catalogue";
import type { Context } from "../context";
import { CatalogueType } from "./catalogue.type";

@Resolver()
export class CatalogueResolver {
  @Query(() => [CatalogueType], {
    description: "Every catalogue that was ingested, by name.",
    complexity: ({ childComplexity }) => 2 + 20 * childComplexity,
  })
  catalogues(@Ctx() { database }: Context): Promise<Catalogue[]> {
    return catalogues(database);
  }
}
