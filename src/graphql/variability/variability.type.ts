import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import {
  SERIES_COLUMNS,
  VARIABILITY_COLUMNS,
  VARIABILITY_FLAG_MEANINGS,
  VARIABILITY_FLAGS,
  type Variability,
  type VariabilityFlag,
} from "../../catalogue/variability";

const VariabilityFlags = Object.fromEntries(Object.keys(VARIABILITY_FLAGS).map((name) => [name, name])) as Record<
  VariabilityFlag,
  VariabilityFlag
>;
registerEnumType(VariabilityFlags, {
  name: "VariabilityFlag",
  description: "Why a variable star's values may be unreliable or are missing.",
  valuesConfig: Object.fromEntries(Object.entries(VARIABILITY_FLAG_MEANINGS).map(([name, description]) => [name, { description }])),
});

export enum VariabilityMethod {
  PUBLISHED = "published",
  COMPUTED = "computed",
}
registerEnumType(VariabilityMethod, {
  name: "VariabilityMethod",
  description: "The origin of a variable star's values.",
  valuesConfig: {
    PUBLISHED: { description: "the catalogue's own table" },
    COMPUTED: { description: "`asterism variability`, from the catalogue's light curve" },
  },
});

@ObjectType("Variability", {
  description:
    "What is known of a variable star. Fourier series are of sines: mag = meanMag + sum A_k sin(2 pi k t / period + phi_k). Null: not known.",
})
export class VariabilityType {
  @Field(() => String, { description: "name of the catalogue, as in gaia-dr3-epoch-photometry" })
  readonly catalogue!: string;

  @Field(() => String, { nullable: true, description: "such as G; null if the catalogue does not state it" })
  readonly band!: string | null;

  @Field(() => VariabilityMethod)
  readonly method!: `${VariabilityMethod}`;

  @Field(() => String, { nullable: true, description: "RRab, RRc, ... as published" })
  readonly type!: string | null;

  @Field(() => [VariabilityFlags], { description: "why the values deserve doubt; empty: no reason known" })
  readonly flags!: Variability["flags"];
}

const describe = ({ unit, description }: { readonly unit: string | null; readonly description: string }) =>
  `[${unit ?? "-"}] ${description}`;
for (const [name, column] of Object.entries(VARIABILITY_COLUMNS)) {
  const type = column.type.startsWith("int") ? Int : Float;
  Field(() => type, { nullable: true, simple: true, description: describe(column) })(VariabilityType.prototype, name);
}
for (const [name, column] of Object.entries(SERIES_COLUMNS))
  Field(() => [Float], { simple: true, description: describe(column) })(VariabilityType.prototype, name);
