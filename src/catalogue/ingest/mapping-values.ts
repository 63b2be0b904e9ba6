import { convertUnit } from "../../formats/units/convert-unit";
import type { Measured, NullRange, OurUnit, ValueSource } from "./mapping";
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
  readonly unit: string | null;
  readonly nulls: readonly NullRange[];
}

/** A unit that can be converted to ours. */
export function readUnit(reader: MappingReader, target: OurUnit): string {
  const unit = reader.text(undefined, `a unit that can be converted to ${target}`);
  if (convertUnit(unit, target) === null) reader.fail(`must be a unit that can be converted to ${target}, not '${unit.slice(0, 60)}'`);
  return unit;
}

/** Adds a mapping's own unit and null values to those of its surroundings. */
export function within(context: Context, unit: MappingReader, nulls: MappingReader): Context {
  return {
    ...context,
    unit: unit.optional((given) => readUnit(given, context.target)) ?? context.unit,
    nulls: nulls.isAbsent ? context.nulls : [...context.nulls, ...nullRanges(nulls)],
  };
}

/** `column`, or `{ column, unit, nulls }`. */
export function valueSource(reader: MappingReader, context: Context): ValueSource {
  if (reader.isText) return { column: reader.text(), ...context };
  const { column, unit, nulls } = reader.object(["column", "unit", "nulls"]);
  const own = within(context, unit!, nulls!);
  return { column: column!.text(undefined, "a column's name"), ...own };
}

/** `column`, or `{ <valueKey>, error, unit, nulls }`: unit and nulls then hold for the value and its error. */
export function measured(reader: MappingReader, valueKey: "mag" | "value", context: Context): Measured {
  if (reader.isText) return { value: valueSource(reader, context), error: null };
  const { [valueKey]: value, error, unit, nulls } = reader.object([valueKey, "error", "unit", "nulls"]);
  const own = within(context, unit!, nulls!);
  return { value: valueSource(value!, own), error: error!.optional((given) => valueSource(given, own)) };
}
