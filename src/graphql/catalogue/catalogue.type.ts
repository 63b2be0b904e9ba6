import { Field, Float, ObjectType } from "type-graphql";

@ObjectType("Catalogue", { description: "A survey or table whose objects are matched to Gaia sources." })
export class CatalogueType {
  @Field(() => String, { description: "short name, as in apogee-dr17: what filters and arguments call it" })
  readonly name!: string;

  @Field(() => String)
  readonly title!: string;

  @Field(() => String, { nullable: true, description: "paper, DOI or URL" })
  readonly reference!: string | null;

  @Field(() => Float, { nullable: true, description: "[yr] mean epoch of its positions" })
  readonly epoch!: number | null;

  @Field(() => Boolean, { description: "made by `asterism synthesize`, never observed" })
  readonly synthetic!: boolean;

  @Field(() => [String], { description: "bands of its photometry" })
  readonly bands!: readonly string[];

  @Field(() => String, { nullable: true, description: "AB or Vega" })
  readonly magSystem!: string | null;

  @Field(() => [String], { description: "other names that filters and arguments may call it" })
  readonly aliases!: readonly string[];
}
