import { Field, Float, ObjectType } from "type-graphql";
import type { Crossmatch } from "../../catalogue/crossmatch";

@ObjectType("Crossmatch", { description: "An object of another catalogue that is this star." })
export class CrossmatchType implements Crossmatch {
  @Field(() => String, { description: "name of the catalogue" })
  readonly catalogue!: string;

  @Field(() => String, { description: "the catalogue's own identifier of the object" })
  readonly objectId!: string;

  @Field(() => Float, {
    nullable: true,
    description: "[arcsec] after propagation to the catalogue's epoch; null where the match is by identifier",
  })
  readonly separation!: number | null;

  @Field(() => String, { description: "identifier or position" })
  readonly method!: string;
}
