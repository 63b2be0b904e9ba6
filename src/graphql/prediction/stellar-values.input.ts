import { Field, Float, InputType } from "type-graphql";
import { STELLAR_COLUMNS, type StellarColumn, type StellarRow } from "../../catalogue/stellar-row";
import { AppError } from "../../errors";

@InputType("StellarValues", {
  description:
    "Raw values of a star to predict from; what is left out counts as not measured. A model reads those that its inputs are computed from.",
})
export class StellarValuesInput {}

for (const [name, { unit, description }] of Object.entries(STELLAR_COLUMNS)) {
  Field(() => Float, { nullable: true, description: `[${unit}] ${description}` })(StellarValuesInput.prototype, name);
}

/**
 * @param columns that the model reads
 * @throws AppError BAD_INPUT listing the values that the model would ignore and those that it reads
 */
export function toStellarRow(given: StellarValuesInput, columns: readonly StellarColumn[]): StellarRow {
  const row = given as StellarRow;
  const ignored = Object.keys(STELLAR_COLUMNS).filter(
    (name) => row[name as StellarColumn] != null && !columns.includes(name as StellarColumn),
  );
  if (ignored.length === 0) return row;
  throw new AppError("BAD_INPUT", `The model does not read ${ignored.join(", ")}. It reads: ${columns.join(", ")}.`);
}
