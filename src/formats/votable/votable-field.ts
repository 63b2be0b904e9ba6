import { AppError } from "../../errors";

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
  /** True if no array size is given; never for text. */
  readonly scalar: boolean;
  /** For integers: the value that means null. */
  nullValue: string | null;
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
  return {
    name,
    unit: attributes.unit ?? null,
    description: null,
    datatype: datatype as Datatype,
    count: elementCount(attributes.arraysize, where),
    scalar: attributes.arraysize === undefined,
    nullValue: null,
  };
}

/** NaN, which is VOTable's null in floating-point columns, becomes null. */
export const nanAsNull = (value: number): number | null => (Number.isNaN(value) ? null : value);
