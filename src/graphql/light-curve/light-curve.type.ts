import { Field, Float, Int, ObjectType } from "type-graphql";

@ObjectType("LightCurve", {
  description: "A star's brightness in one band: lists of one length, a point each, in order of time, or of phase where folded.",
})
export class LightCurveType {
  @Field(() => String, { description: "name of the catalogue that it comes from, as in gaia-dr3-epoch-photometry" })
  readonly catalogue!: string;

  @Field(() => String, { description: "as in G, BP or RP" })
  readonly band!: string;

  @Field(() => Int, { description: "points that are stored, rejected ones among them; `time` holds no more than `maxPoints`" })
  readonly points!: number;

  @Field(() => Int, { description: "stored points that the catalogue's photometry or variability analysis rejected" })
  readonly pointsRejected!: number;

  @Field(() => Float, { nullable: true, description: "[d] of the phases: the given one, otherwise that of `variability`" })
  readonly period!: number | null;

  @Field(() => [Float], {
    nullable: true,
    description: "[d] since BJD (TCB) 2455197.5, as in Gaia's archive; null where only phases are known",
  })
  readonly time!: readonly number[] | null;

  @Field(() => [Float], {
    nullable: true,
    description: "[-] 0 to 1, of the period; 0 is BJD 2455197.5, or where the catalogue's phases begin; null where no period is known",
  })
  readonly phase!: readonly number[] | null;

  @Field(() => [Float], { description: "[mag] in the catalogue's system: see `catalogues`" })
  readonly mag!: readonly number[];

  @Field(() => [Float], { nullable: "items", description: "[mag] standard errors" })
  readonly magError!: readonly (number | null)[];

  @Field(() => [Boolean], { description: "rejected by the catalogue's photometry or variability analysis" })
  readonly rejected!: readonly boolean[];
}
