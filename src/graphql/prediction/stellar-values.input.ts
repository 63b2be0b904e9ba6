import { Field, Float, InputType } from "type-graphql";
import { STELLAR_COLUMNS } from "../../catalogue/stellar-row";
import { AppError } from "../../errors";
import type { Input } from "../../features/feature-set";
import type { ValueRow } from "../../modalities/values/values";

@InputType("NamedValue", { description: "A value by the name that the model gives it, in the model's unit." })
class NamedValueInput {
  @Field(() => String, { description: "as the model's columns are called" })
  readonly name!: string;

  @Field(() => Float, { nullable: true, description: "in the unit that the model states; null: not measured" })
  readonly value?: number | null;
}

@InputType("StellarValues", {
  description:
    "Raw values of a star to predict from; what is left out counts as not measured. A model reads those that its inputs are computed from.",
})
export class StellarValuesInput {
  @Field(() => [NamedValueInput], { nullable: true, description: "values of a model whose columns have names of their own" })
  readonly values?: readonly NamedValueInput[] | null;
}

for (const [name, { unit, description }] of Object.entries(STELLAR_COLUMNS)) {
  Field(() => Float, { nullable: true, description: `[${unit}] ${description}` })(StellarValuesInput.prototype, name);
}

/** Values by name; those of `values` beside those of the fixed fields. */
function namedValues({ values, ...fields }: StellarValuesInput): (readonly [name: string, value: number | null])[] {
  const fixed = Object.entries(fields as ValueRow).flatMap(([name, value]) => (value == null ? [] : [[name, value] as const]));
  return [...fixed, ...(values ?? []).map(({ name, value = null }) => [name, value] as const)];
}

/**
 * @param columns that the model reads
 * @throws AppError BAD_INPUT listing the values that the model would ignore, or that are given twice, and those that it reads
 */
export function toValueRow(given: StellarValuesInput, columns: readonly Input[]): ValueRow {
  const values = namedValues(given);
  const known = new Set(columns.map(({ name }) => name));
  const ignored = values.map(([name]) => name).filter((name) => !known.has(name));
  if (ignored.length > 0)
    throw new AppError("BAD_INPUT", `The model does not read ${ignored.slice(0, 20).join(", ")}. It reads: ${[...known].join(", ")}.`);
  const row = new Map(values);
  if (row.size === values.length) return Object.fromEntries(row);
  const twice = [...row.keys()].filter((name) => values.filter(([one]) => one === name).length > 1);
  throw new AppError("BAD_INPUT", `${twice.join(", ")} ${twice.length > 1 ? "are" : "is"} given twice. Give each value once.`);
}
