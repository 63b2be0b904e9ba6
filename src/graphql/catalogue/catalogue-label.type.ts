import { Field, ObjectType } from "type-graphql";
import type { CatalogueLabel } from "../../catalogue/labels/catalogue-label";

@ObjectType("CatalogueLabel", { description: "A label that a survey gives." })
export class CatalogueLabelType implements Pick<CatalogueLabel, "name" | "unit" | "description"> {
  @Field(() => String, { description: "as in teff or mgFe, or the survey's own" })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: "null for a pure number" })
  readonly unit!: string | null;

  @Field(() => String, { nullable: true })
  readonly description!: string | null;
}
