import { AppError } from "../../errors";
import type { Bind, Range } from "../star-filter";
import type { CatalogueLabel } from "./catalogue-label";

/** A number: equal to it; a range: within it; `noneOf`: none of these bits is set. All but `noneOf: bits` refuse nulls. */
export type LabelCondition = number | Range | { readonly noneOf: number };

/** What a survey says of an object itself: its S/N, its quality bits, its labels (`teff`), their errors and flags (`teffError`, `mgFeFlag`). */
export type LabelConditions = Readonly<Record<string, LabelCondition>>;

/** An expression over a row of survey_label `l`, and the type that it is compared as. */
export interface OwnColumn {
  readonly sql: string;
  readonly type: "float4" | "int8";
}

const PARTS = { Error: "error", Flag: "flag" } as const;

/** @returns the name of the label that an own column belongs to, and which part of it; null for the object's own flags */
export function labelOfOwnColumn(name: string): { readonly label: string; readonly part: "value" | "error" | "flag" } | null {
  if (name === "flags") return null;
  const [, label, suffix] = /^(.+?)(Error|Flag)?$/.exec(name) ?? [];
  return { label: label ?? name, part: suffix ? PARTS[suffix as keyof typeof PARTS] : "value" };
}

const valueSql = (labelId: number, part: "value" | "error" | "flag") =>
  `(SELECT v.${part} FROM survey_label_value v WHERE v.catalogue_id = l.catalogue_id AND v.object_id = l.object_id AND v.label_id = ${labelId})`;

/** @throws AppError BAD_INPUT for the error or flag of a label that has neither */
export function ownColumn({ name, stored }: CatalogueLabel, part: "value" | "error" | "flag"): OwnColumn {
  const type = part === "flag" ? "int8" : "float4";
  if (typeof stored === "number") return { sql: valueSql(stored, part), type };
  const column = stored[part];
  if (column === null) throw new AppError("BAD_INPUT", `'${name}' has no ${part}: leave it out.`);
  return { sql: `l.${column}`, type };
}

function asWhole(name: string, value: number): bigint {
  if (Number.isSafeInteger(value)) return BigInt(value);
  throw new AppError("BAD_INPUT", `${name} are bits: compare them with a whole number, not with ${value}.`);
}

/**
 * @param name of the column, for messages
 * @returns a condition on a row of survey_label `l`; a null fulfils only `noneOf`
 */
export function ownConditionSql(name: string, { sql, type }: OwnColumn, condition: LabelCondition, bind: Bind): string {
  const bound = (value: number) => {
    if (!Number.isFinite(value)) throw new AppError("BAD_INPUT", `${name} must be compared with a finite number, not ${value}.`);
    return type === "int8" ? `${bind(asWhole(name, value))}::int8` : `${bind(Math.fround(value))}::float4`;
  };
  if (typeof condition === "number") return `${sql} = ${bound(condition)}`;
  if ("noneOf" in condition) {
    if (type !== "int8") throw new AppError("BAD_INPUT", `'noneOf' is for bits; ${name} is a number: give it min and max.`);
    return `coalesce(${sql}, 0) & ${bound(condition.noneOf)} = 0`;
  }
  const { min, max } = condition as Range;
  const ends = [...(min == null ? [] : [`${sql} >= ${bound(min)}`]), ...(max == null ? [] : [`${sql} <= ${bound(max)}`])];
  if (ends.length === 0) throw new AppError("BAD_INPUT", `The condition on ${name} names neither min nor max.`);
  return ends.join(" AND ");
}
