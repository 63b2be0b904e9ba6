import { AppError } from "../../errors";
import { isNullText } from "../cells/null-text";
import { plainNumber } from "../cells/number-text";
import type { Cell } from "../table";
import { type Field, isDeclaredNull, nanAsNull } from "./votable-field";

function float(text: string, where: string): number | null {
  if (/^[+-]?inf(inity)?$/i.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  const number = plainNumber(text);
  if (number === undefined) throw new AppError("BAD_INPUT", `${where}: '${text.slice(0, 40)}' is not a number.`);
  return number === null ? null : nanAsNull(Number(number));
}

function integer(text: string, where: string): bigint {
  if (!/^[+-]?(\d{1,20}|0x[0-9a-f]{1,16})$/i.test(text))
    throw new AppError("BAD_INPUT", `${where}: '${text.slice(0, 40)}' is not a whole number.`);
  return BigInt(text.replace("+", ""));
}

function boolean(text: string, where: string): boolean {
  if (/^(t|true|1)$/i.test(text)) return true;
  if (/^(f|false|0)$/i.test(text)) return false;
  throw new AppError("BAD_INPUT", `${where}: '${text.slice(0, 40)}' is not true or false.`);
}

function element(field: Field, text: string, where: string): number | bigint | boolean | null {
  if (isDeclaredNull(field, text) || isNullText(text)) return null;
  const value = typedElement(field, text, where);
  return isDeclaredNull(field, value) ? null : value;
}

function typedElement(field: Field, text: string, where: string): number | bigint | boolean | null {
  switch (field.datatype) {
    case "boolean":
      return boolean(text, where);
    case "long":
      return integer(text, where);
    case "bit":
    case "unsignedByte":
    case "short":
    case "int":
      return Number(integer(text, where));
    default:
      return float(text, where);
  }
}

/** Parses the text of a TD element; empty text is null. */
export function readText(field: Field, text: string, file: string): Cell {
  if (field.datatype === "char" || field.datatype === "unicodeChar") return text === "" || isDeclaredNull(field, text) ? null : text;
  const where = `${file}, column ${field.name}`;
  const trimmed = text.trim();
  if (trimmed === "") return null;
  const isComplex = field.datatype === "floatComplex" || field.datatype === "doubleComplex";
  if (field.scalar && !isComplex) return element(field, trimmed, where);
  // A bit array is a row of zeros and ones, with or without blanks between them.
  const parts = field.datatype === "bit" ? [...trimmed.replaceAll(/[\s,]+/g, "")] : trimmed.split(/[\s,]+/);
  return parts.map((part) => {
    const value = element(field, part, where);
    return value === null || typeof value === "bigint" ? value : Number(value);
  });
}
