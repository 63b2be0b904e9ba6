import { Arg, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import { type Catalogue, catalogues } from "../../catalogue/catalogue";
import { type IngestEntry, lastIngests } from "../../catalogue/ingest/ingest-record";
import { type CatalogueLabel, labelsOfCatalogue } from "../../catalogue/labels/catalogue-label";
import type { Context } from "../context";
import { checkCount } from "../limits";
import { CatalogueType } from "./catalogue.type";
import { CatalogueLabelType } from "./catalogue-label.type";
import { IngestType } from "./ingest.type";

/** Runs in one list. */
export const MOST_INGESTS = 100;

@Resolver(() => CatalogueType)
export class CatalogueResolver {
  @Query(() => [CatalogueType], {
    description: "Every catalogue that was ingested, by name.",
    complexity: ({ childComplexity }) => 2 + 20 * childComplexity,
  })
  catalogues(@Ctx() { database }: Context): Promise<Catalogue[]> {
    return catalogues(database);
  }

  @FieldResolver(() => [CatalogueLabelType], {
    description: "The labels that it gives.",
    complexity: ({ childComplexity }) => 20 + 10 * childComplexity,
  })
  labels(@Root() { id }: Catalogue, @Ctx() { database }: Context): Promise<CatalogueLabel[]> {
    return labelsOfCatalogue(database, id);
  }

  @FieldResolver(() => [IngestType], {
    description: "The last runs that brought its rows, newest first.",
    complexity: ({ args, childComplexity }) => 5 + args.last * childComplexity,
  })
  ingests(
    @Root() { name }: Catalogue,
    @Ctx() { database }: Context,
    @Arg("last", () => Int, { defaultValue: 10 }) last: number,
  ): Promise<IngestEntry[]> {
    checkCount("last", last, 1, MOST_INGESTS);
    return lastIngests(database, last, [name]);
  }
}
