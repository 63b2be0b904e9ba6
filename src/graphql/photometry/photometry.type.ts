import { Field, Float, ObjectType } from "type-graphql";
import type { Measurement } from "../../catalogue/photometry";

@ObjectType("Photometry", { description: "A star's brightness in one band, as one catalogue measured it." })
export class PhotometryType implements Measurement {
  @Field(() => String, { description: "name of the catalogue, as in skymapper-dr4" })
  readonly catalogue!: string;

  @Field(() => String, { description: "the catalogue's own identifier of the object" })
  readonly objectId!: string;

  @Field(() => String, { description: "name of the band within the catalogue, as in g or Ks" })
  readonly band!: string;

  @Field(() => String, { nullable: true, description: "AB or Vega" })
  readonly magSystem!: string | null;

  @Field(() => Float, { description: "[mag] apparent magnitude" })
  readonly mag!: number;

  @Field(() => Float, { nullable: true, description: "[mag] standard error" })
  readonly magError!: number | null;
}
