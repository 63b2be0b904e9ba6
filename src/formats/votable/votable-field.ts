import { AppError } from "../../errors";
import { numberOfCell } from "../cells/cell-number";
import type { ColumnKind } from "../table";

/** Bytes of one element in BINARY and BINARY2; `bit` is packed, eight to a byte. */
export const ELEMENT_BYTES = {
  boolean: 1,
  bit: 1,
  unsignedByte: 1,
  short: 2,
  int: 4,
  long: 8,
  char: 1,
  unicodeChar: 2,
  float: 4,
  double: 8,
  floatComplex: 8,
  doubleComplex: 16,
} as const;

export type Datatype = keyof typeof ELEMENT_BYTES;

/** A column of a VOTable, from its FIELD element. */
export interface Field {
  readonly name: string;
  unit: string | null;
  description: string | null;
  readonly datatype: Datatype;
  /** Elements per cell: 1 for a scalar, null if every cell has its own count. */
  readonly count: number | null;
  /** True if a cell is one number: no array size is given, or a size of one. Never for text. */
  readonly scalar: boolean;
  /** The value that means null, as VALUES states it. */
  nullValue: NullValue | null;
}

/** A declared null: the text, and the number that it is in any spelling. */
export interface NullValue {
  readonly text: string;
  readonly number: number | bigint | null;
}

/** More elements than any real cell has, so that a declared size cannot make us allocate gigabytes. */
const MAX_ELEMENTS = 1 << 24;

/** `3` -> 3, `2x3` -> 6, `*`, `3*` and `2x*` -> null. */
function elementCount(arraysize: string | undefined, where: string): number | null {
  if (arraysize === undefined) return 1;
  const size = arraysize.replaceAll(/\s/g, "");
  if (!/^(\d+x)*(\d+\*?|\*)$/.test(size))
    throw new AppError("BAD_INPUT", `${where}: arraysize '${arraysize}' is not a VOTable array size.`);
  if (size.endsWith("*")) return null;
  const count = size.split("x").reduce((product, length) => product * Number(length), 1);
  if (count > MAX_ELEMENTS) throw new AppError("BAD_INPUT", `${where}: arraysize '${arraysize}' is more than ${MAX_ELEMENTS} elements.`);
  return count;
}

/** Reads a FIELD element's attributes. @throws AppError BAD_INPUT for a datatype that VOTable 1.x does not define */
export function readField(attributes: Readonly<Record<string, string>>, file: string): Field {
  const name = attributes.name ?? attributes.ID ?? "";
  const where = `${file}, column ${name}`;
  if (name === "") throw new AppError("BAD_INPUT", `${file}: a FIELD has no name.`);
  const datatype = attributes.datatype ?? "";
  if (!Object.hasOwn(ELEMENT_BYTES, datatype)) throw new AppError("BAD_INPUT", `${where}: the datatype '${datatype}' is not read.`);
  const count = elementCount(attributes.arraysize, where);
  const scalar = count === 1 && datatype !== "char" && datatype !== "unicodeChar";
  return { name, unit: attributes.unit ?? null, description: null, datatype: datatype as Datatype, count, scalar, nullValue: null };
}

/** `-999`, `-999.0`, `+5`, `0x7f`: the number that a declared null is in any column, null for other texts. */
export function readNullValue(given: string): NullValue {
  const text = given.trim();
  const whole = /^[+-]?\d+(\.0*)?$/.exec(text);
  if (whole) return { text, number: BigInt(text.replace("+", "").replace(/\..*$/, "")) };
  if (/^0x[0-9a-f]+$/i.test(text)) return { text, number: BigInt(text) };
  return { text, number: numberOfCell(text) ?? null };
}

/** Whether a value is the column's declared null, however that is spelt. */
export function isDeclaredNull({ nullValue, datatype }: Field, value: number | bigint | boolean | string | null): boolean {
  if (nullValue === null || value === null) return false;
  if (typeof value === "string") return value.trim() === nullValue.text;
  if (typeof value === "boolean") return /^(t|true|1)$/i.test(nullValue.text) === value && /^(t|f|true|false|0|1)$/i.test(nullValue.text);
  if (nullValue.number === null) return false;
  if (typeof value === "bigint" && typeof nullValue.number === "bigint") return value === nullValue.number;
  // A float column holds the nearest float: -99.9 is -99.9000015...
  const [declared, found] = [Number(nullValue.number), Number(value)];
  return datatype === "float" ? Math.fround(declared) === Math.fround(found) : declared === found;
}

/** What a column of a datatype holds. */
export function kindOf({ datatype }: Field): ColumnKind {
  if (datatype === "char" || datatype === "unicodeChar") return "text";
  if (datatype === "boolean" || datatype === "bit") return "boolean";
  return /^(float|double)/.test(datatype) ? "float" : "integer";
}

/** NaN, which is VOTable's null in floating-point columns, becomes null. */
export const nanAsNull = (value: number): number | null => (Number.isNaN(value) ? null : value);
