import { AppError } from "../../errors";
import { isNullText } from "../cells/null-text";
import { plainNumber } from "../cells/number-text";
import type { Cell, ColumnKind } from "../table";

const INTEGERS = ["int8", "int16", "int32", "uint8", "uint16", "uint32"] as const;
const FLOATS = ["float16", "float32", "float64", "float128"] as const;
const OTHERS = ["bool", "int64", "uint64", "string"] as const;

/** The supported column types of ECSV: all except complex numbers. */
export type TextType = (typeof INTEGERS)[number] | (typeof FLOATS)[number] | (typeof OTHERS)[number];

type Decode = (text: string) => Cell;

function float(text: string, where: string): number | null {
  if (/^[+-]?inf(inity)?$/i.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  const number = plainNumber(text);
  if (number === undefined) throw new AppError("BAD_INPUT", `${where}: '${text.slice(0, 40)}' is not a number.`);
  return number === null ? null : Number(number);
}

function integer(text: string, where: string): bigint {
  if (!/^[+-]?\d{1,20}$/.test(text)) throw new AppError("BAD_INPUT", `${where}: '${text.slice(0, 40)}' is not a whole number.`);
  return BigInt(text.replace("+", ""));
}

function boolean(text: string, where: string): boolean {
  if (/^(true|1)$/i.test(text)) return true;
  if (/^(false|0)$/i.test(text)) return false;
  throw new AppError("BAD_INPUT", `${where}: '${text.slice(0, 40)}' is not True or False.`);
}

/** A cell that holds a JSON array: `[1.0,null,NaN]`. Nested arrays are flattened. */
function numbers(text: string, where: string): readonly (number | bigint | null)[] {
  let parsed: unknown;
  try {
    // Whole numbers that a double cannot hold become texts, and those bigint.
    parsed = JSON.parse(text.replace(/\b-?(nan|inf(inity)?)\b/gi, "null").replaceAll(/(?<=[[,\s]|^)-?\d{16,}(?=[\],\s]|$)/g, '"$&"'));
  } catch (cause) {
    throw new AppError("BAD_INPUT", `${where}: '${text.slice(0, 40)}' is not a JSON array.`, { cause });
  }
  const flat = (Array.isArray(parsed) ? parsed : [parsed]).flat(Infinity);
  const isDigits = (value: unknown): value is string => typeof value === "string" && /^-?\d+$/.test(value);
  if (!flat.every((value) => value === null || typeof value === "number" || typeof value === "boolean" || isDigits(value)))
    throw new AppError("BAD_INPUT", `${where}: an array of something else than numbers.`);
  return flat.map((value) => (value === null ? null : isDigits(value) ? BigInt(value) : Number(value)));
}

/**
 * Returns the parser of a column's cells. 64-bit integers become bigint, because a source_id needs every digit.
 *
 * @param subtype of a string column with arrays, such as `float64[null]`; `string` and `json` remain text
 * @param where file and column, for messages
 */
export function textDecoder(type: TextType, subtype: string | undefined, where: string): Decode {
  const named = <T extends string>(names: readonly T[]) => names.includes(type as T);
  if (named(INTEGERS)) return (text) => (isNullText(text) ? null : Number(integer(text, where)));
  if (named(FLOATS)) return (text) => (isNullText(text) ? null : float(text, where));
  if (type === "int64" || type === "uint64") return (text) => (isNullText(text) ? null : integer(text, where));
  if (type === "bool") return (text) => (isNullText(text) ? null : boolean(text, where));
  if (type !== "string") throw new AppError("BAD_INPUT", `${where}: the ECSV datatype '${type}' is not read.`);
  if (subtype !== undefined && /^(u?int|float|bool)\d*\[/.test(subtype)) return (text) => (isNullText(text) ? null : numbers(text, where));
  return (text) => (isNullText(text) ? null : text);
}

/** What a column of a datatype holds. */
export function kindOf(type: TextType): ColumnKind {
  if ((FLOATS as readonly string[]).includes(type)) return "float";
  if (type === "bool") return "boolean";
  return type === "string" ? "text" : "integer";
}
