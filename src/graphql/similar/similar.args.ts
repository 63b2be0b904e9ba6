import { ArgsType, Field, Float, Int } from "type-graphql";
import type { Release } from "../../catalogue/release";
import { MODEL } from "../../catalogue/star-filter-fields";
import { DataRelease } from "../star/star.type";

@ArgsType()
export class SimilarArgs {
  @Field(() => String, { description: MODEL })
  readonly model!: string;

  @Field(() => String, { nullable: true, description: "which of the model's vectors; may be left out where it has one" })
  readonly output?: string | null;

  @Field(() => Int, { defaultValue: 10, description: "how many stars" })
  readonly first!: number;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "compare every vector; false: an index, where there is one, is quicker and may miss a few stars in a hundred",
  })
  readonly exact!: boolean;
}

@ArgsType()
export class NearVectorArgs extends SimilarArgs {
  @Field(() => [Float], { description: "[-] as many numbers as the model's vectors have" })
  readonly vector!: number[];

  @Field(() => DataRelease, { defaultValue: DataRelease.DR3, description: "data release of the stars" })
  readonly release!: Release;
}
