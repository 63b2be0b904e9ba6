import { Field, Float, ObjectType } from "type-graphql";
import type { IngestEntry } from "../../catalogue/ingest/ingest-record";
import type { RowCount } from "../../catalogue/status";
import { IngestType } from "../catalogue/ingest.type";

@ObjectType("RowCount")
class RowCountType implements RowCount {
  @Field(() => String, { description: "what is counted, by the table's name" })
  readonly table!: string;

  @Field(() => Float, { description: "[row]" })
  readonly rows!: number;

  @Field(() => Boolean, { description: "counted; false: the database's own estimate" })
  readonly exact!: boolean;
}

@ObjectType("Status", { description: "What this server is and what it holds." })
export class StatusType {
  @Field(() => String, { description: "version of asterism" })
  readonly version!: string;

  @Field(() => String, { description: "version of Node.js" })
  readonly node!: string;

  @Field(() => String, { description: "postgresql or embedded" })
  readonly engine!: string;

  @Field(() => String, { description: "version of PostgreSQL, of either engine" })
  readonly postgresql!: string;

  @Field(() => [RowCountType], { description: "rows by table" })
  readonly counts!: readonly RowCount[];

  @Field(() => Boolean, { description: "whether synthetic stars are among the stars" })
  readonly syntheticStars!: boolean;

  @Field(() => Boolean, { description: "whether observed stars are among the stars" })
  readonly observedStars!: boolean;

  @Field(() => [IngestType], { description: "the last ten runs of `asterism ingest`, newest first" })
  readonly ingests!: readonly IngestEntry[];
}
