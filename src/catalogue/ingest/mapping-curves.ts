import {
  type LightCurveMapping,
  type Mapping,
  type NullRange,
  type TextSource,
  VARIABILITY_VALUES,
  type VariabilityMapping,
  type VariabilityValue,
} from "./mapping";
import type { MappingReader } from "./mapping-reader";
import { measured, readUnit, valueSource } from "./mapping-values";

/** Zero points of times by name, as Julian dates. */
const ZERO_POINTS: Readonly<Record<string, number>> = { jd: 0, mjd: 2_400_000.5, gaia: 2_455_197.5 };
const GAIA_ZERO = ZERO_POINTS.gaia!;

/** A word that holds for every row, or `{ column: name }`. */
function textSource(reader: MappingReader): TextSource {
  if (reader.isText) return { constant: reader.text(/^[A-Za-z][A-Za-z0-9_']{0,30}$/, "a word, or { column: name }") };
  return { column: reader.object(["column"]).column!.text(undefined, "a column's name") };
}

/** `stars: {}` or `stars: { positionError: 15000 }`. */
export function readStars(reader: MappingReader): Mapping["stars"] {
  const { positionError } = reader.object(["positionError"]);
  return { positionError: positionError!.optional((error) => error.number("an error in mas")) };
}

export function readVariability(reader: MappingReader, nulls: readonly NullRange[]): VariabilityMapping {
  const names = Object.keys(VARIABILITY_VALUES) as VariabilityValue[];
  const keys = reader.object(["band", "type", ...names]);
  const given = names.filter((name) => !keys[name]!.isAbsent);
  if (given.length === 0) reader.fail(`names no value; known: ${names.join(", ")}`);
  const values = given.map(
    (name) => [name, measured(keys[name]!, "value", { target: VARIABILITY_VALUES[name], unit: null, nulls })] as const,
  );
  return { band: keys.band!.optional(textSource), type: keys.type!.optional(textSource), values: new Map(values) };
}

/** `zero: mjd`, or a Julian date that the times count from. */
const readZero = (zero: MappingReader): number => (zero.isNumber ? zero.number() : ZERO_POINTS[zero.oneOf(Object.keys(ZERO_POINTS))]!);

/** `time: { column: hjd, zero: jd, unit: d }`. */
function readTime(reader: MappingReader, nulls: readonly NullRange[]): Pick<LightCurveMapping, "time" | "timeOffset"> {
  const { column, zero, unit } = reader.object(["column", "zero", "unit"]);
  if (zero!.isAbsent) reader.fail("must say what its times count from: zero: jd, mjd, gaia (BJD 2455197.5) or a Julian date");
  const stated = unit!.optional((given) => readUnit(given, "d"));
  return { time: { column: column!.text(), target: "d", unit: stated, nulls }, timeOffset: readZero(zero!) - GAIA_ZERO };
}

export function readLightCurves(reader: MappingReader, nulls: readonly NullRange[]): LightCurveMapping {
  const keys = reader.object(["band", "time", "phase", "mag", "rejected"]);
  const folded = !keys.phase!.isAbsent;
  if (folded !== keys.time!.isAbsent) reader.fail("must have either 'time' or 'phase'");
  return {
    band: textSource(keys.band!),
    folded,
    ...(folded ? { time: valueSource(keys.phase!, { target: "-", unit: null, nulls }), timeOffset: 0 } : readTime(keys.time!, nulls)),
    mag: measured(keys.mag!, "mag", { target: "mag", unit: null, nulls }),
    rejected: keys.rejected!.optional((column) => column.text(undefined, "a column's name")),
  };
}
