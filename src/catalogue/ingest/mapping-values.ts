import { type Measured, type NullRange, type OurUnit, UNITS, type ValueSource } from "./mapping";
import type { MappingReader } from "./mapping-reader";

/** `[-99, { from: 9999, to: 99999 }]`. */
export function nullRanges(reader: MappingReader): NullRange[] {
  return reader.list("numbers and ranges, as in [-99, { from: 9999, to: 99999 }]").map((entry) => {
    if (entry.isNumber) return { from: entry.number(), to: entry.number() };
    const { from, to } = entry.object(["from", "to"]);
    return { from: from!.number(), to: to!.number() };
  });
}

/** What holds for a value where it does not say otherwise. */
export interface Context {
  readonly target: OurUnit;
  readonly factor: number;
  readonly nulls: readonly NullRange[];
}

/** Adds a mapping's own unit and null values to those of its surroundings. */
export function within(context: Context, unit: MappingReader, nulls: MappingReader): Context {
  const factors: Readonly<Record<string, number>> = UNITS[context.target];
  return {
    ...context,
    factor: unit.isAbsent ? context.factor : factors[unit.oneOf(Object.keys(factors))]!,
    nulls: nulls.isAbsent ? context.nulls : [...context.nulls, ...nullRanges(nulls)],
  };
}

/** `column`, or `{ column, unit, nulls }`. */
export function valueSource(reader: MappingReader, context: Context): ValueSource {
  if (reader.isText) return { column: reader.text(), factor: context.factor, nulls: context.nulls };
  const { column, unit, nulls } = reader.object(["column", "unit", "nulls"]);
  const own = within(context, unit!, nulls!);
  return { column: column!.text(undefined, "a column's name"), factor: own.factor, nulls: own.nulls };
}

/** `column`, or `{ <valueKey>, error, unit, nulls }`: unit and nulls then hold for the value and its error. */
export function measured(reader: MappingReader, valueKey: "mag" | "value", context: Context): Measured {
  if (reader.isText) return { value: valueSource(reader, context), error: null };
  const { [valueKey]: value, error, unit, nulls } = reader.object([valueKey, "error", "unit", "nulls"]);
  const own = within(context, unit!, nulls!);
  return { value: valueSource(value!, own), error: error!.optional((given) => valueSource(given, own)) };
}
