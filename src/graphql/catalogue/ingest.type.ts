import { Field, Float, GraphQLISODateTime, Int, ObjectType } from "type-graphql";
import type { IngestEntry } from "../../catalogue/ingest/ingest-record";

@ObjectType("Ingest", { description: "One run of `asterism ingest` over one file." })
export class IngestType implements Omit<IngestEntry, "error"> {
  @Field(() => Int, { description: "number of the run, rising" })
  readonly id!: number;

  @Field(() => String, { description: "gaia, labels, photometry, ...: see docs/ingest.md" })
  readonly kind!: string;

  @Field(() => String, { nullable: true, description: "name of the catalogue that the rows belong to; null for Gaia's own tables" })
  readonly catalogue!: string | null;

  @Field(() => String, { description: "name of the file, or which synthetic sky" })
  readonly source!: string;

  @Field(() => String, { nullable: true, description: "of the file, hexadecimal" })
  readonly sha256!: string | null;

  @Field(() => String, { description: "running, done or failed; replaced or removed: done, but its rows are no longer there" })
  readonly status!: string;

  @Field(() => GraphQLISODateTime)
  readonly startedAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  readonly finishedAt!: Date | null;

  @Field(() => Float, { description: "[row]" })
  readonly read!: number;

  @Field(() => Float, { description: "[row]" })
  readonly inserted!: number;

  @Field(() => Float, { description: "[row]" })
  readonly updated!: number;

  @Field(() => Float, { description: "[row]" })
  readonly unchanged!: number;

  @Field(() => Float, { description: "[row]" })
  readonly rejected!: number;

  @Field(() => Float, { description: "[row] objects without a source_id: kept, but joined to no star" })
  readonly unmatched!: number;
}
