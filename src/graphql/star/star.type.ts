import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Release } from "../../catalogue/release";
import { STAR_COLUMNS } from "../../catalogue/star";
import { SourceId } from "../scalars/source-id";

export enum DataRelease {
  DR2 = 2,
  DR3 = 3,
  DR4 = 4,
}
registerEnumType(DataRelease, {
  name: "DataRelease",
  description: "A Gaia data release. A source_id names a source within one release only.",
});

const GRAPHQL_TYPES = { float8: Float, float4: Float, int2: Int, text: String, boolean: Boolean } as const;

@ObjectType("Star", {
  description:
    "A Gaia source: astrometry, photometry, GSP-Phot estimates and distances as Gaia and Bailer-Jones et al. (2021) publish them. Null: not measured. A source that no Gaia table has brought is not `listed`, and has none of these.",
})
export class StarType {
  @Field(() => DataRelease, { description: "Gaia data release that sourceId belongs to" })
  readonly release!: Release;

  @Field(() => SourceId, { description: "Gaia source_id; source_id >> 35 is the HEALPix level-12 nested pixel" })
  readonly sourceId!: bigint;
}

/** Of a source that no Gaia table has brought nothing else is known than whether it was observed. */
const ALWAYS_KNOWN: ReadonlySet<string> = new Set(["synthetic"]);

for (const [name, column] of Object.entries(STAR_COLUMNS)) {
  const description = `${column.unit ? `[${column.unit}] ` : ""}${column.description}`;
  Field(() => GRAPHQL_TYPES[column.type], { description, nullable: !ALWAYS_KNOWN.has(name), simple: true })(StarType.prototype, name);
}
