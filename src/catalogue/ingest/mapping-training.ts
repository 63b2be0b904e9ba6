import type { MappedValue, NullRange, TextColumn } from "./mapping";
import type { MappingReader } from "./mapping-reader";
import { nullRanges, valueSource } from "./mapping-values";

const NAME = /^[A-Za-z][A-Za-z0-9_]{0,62}$/;
const UNIT = /^[A-Za-z0-9%._*^()/+-]{1,40}$/;
const KEYS = ["value", "error", "unit", "nulls", "description"] as const;

function checkName(name: string, reader: MappingReader): void {
  if (!NAME.test(name)) reader.fail("is not a name of letters, digits and _");
}

function readValue(name: string, reader: MappingReader, nulls: readonly NullRange[]): MappedValue {
  checkName(name, reader);
  const { value, error, unit, nulls: ownNulls, description } = reader.object(KEYS);
  if (unit!.isAbsent) unit!.fail(`must state the unit of ${name}, as in { value: plx, unit: mas }; unit: - for a pure number`);
  const stated = unit!.text(UNIT, "a unit, as in mas; - for a pure number");
  const context = { target: stated, unit: null, nulls: ownNulls!.isAbsent ? nulls : [...nulls, ...nullRanges(ownNulls!)] };
  return {
    value: valueSource(value!, context),
    error: error!.optional((given) => valueSource(given, context)),
    unit: stated,
    description: description!.optional((text) => text.text()),
  };
}

/**
 * `values`: what a table gives besides magnitudes, for the inputs of models: `parallax: { value: plx, error: e_plx, unit: mas }`.
 * A value is kept in the unit that the mapping states; a column whose file states another one is converted to it.
 */
export function readValues(reader: MappingReader, nulls: readonly NullRange[]): ReadonlyMap<string, MappedValue> {
  return new Map(reader.entries().map(([name, value]) => [name, readValue(name, value, nulls)]));
}

/** `classes: { spectralType: { column: type, nulls: [unknown] } }`, or the column alone: words that say which class a star is. */
export function readClasses(reader: MappingReader): ReadonlyMap<string, TextColumn> {
  return new Map(
    reader.entries().map(([name, value]) => {
      checkName(name, value);
      if (value.isText) return [name, { column: value.text(), nulls: [] }];
      const { column, nulls } = value.object(["column", "nulls"]);
      const words = nulls!.optional((list) => list.list("words that mean no class, as in [unknown]").map((word) => word.text())) ?? [];
      return [name, { column: column!.text(undefined, "a column's name"), nulls: words }];
    }),
  );
}

/** `star: [ra, dec]`: columns that tell stars apart where an id names a spectrum. */
export function readStarKey(reader: MappingReader): readonly string[] {
  if (reader.isText) return [reader.text()];
  return reader.list("columns whose values together are the same for all rows of a star, as in [ra, dec]").map((column) => column.text());
}
