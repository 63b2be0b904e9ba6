import type { Release } from "../../catalogue/release";
import { AppError } from "../../errors";
import { MAX_RADIUS_DEG } from "../../science/sky/sky-region";
import type { Verbosity } from "./cone-columns";

/** Default and largest value of MAXREC. */
export const MAXREC = { usual: 10_000, most: 100_000 } as const;

export interface ConeParameters {
  readonly ra: number;
  readonly dec: number;
  /** [deg] 0 returns the columns only */
  readonly radius: number;
  readonly verbosity: Verbosity;
  readonly maxRecords: number;
  readonly release: Release;
}

/** Parameters by upper-case name: in the Virtual Observatory they are case-insensitive (DALI 1.1, 2.3). */
type Given = ReadonlyMap<string, string>;

function byName(query: unknown): Given {
  const given = new Map<string, string>();
  for (const [name, value] of Object.entries(query ?? {})) {
    const known = name.toUpperCase();
    if (typeof value !== "string" || given.has(known)) throw new AppError("BAD_INPUT", `${known} must be given once.`);
    given.set(known, value);
  }
  return given;
}

function numberOf(given: Given, name: string, min: number, max: number): number {
  const text = given.get(name);
  const wanted = `${name} must be a decimal number of degrees from ${min} to ${max}`;
  if (text === undefined) throw new AppError("BAD_INPUT", `${wanted}, and is missing: ask as in ?RA=180&DEC=-30&SR=0.1.`);
  const value = Number(text);
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) || value < min || value > max)
    throw new AppError("BAD_INPUT", `${wanted}, not '${text.slice(0, 40)}'.`);
  return value;
}

function wholeOf(given: Given, name: string, fallback: number, min: number, max: number): number {
  const text = given.get(name) ?? String(fallback);
  if (/^\d{1,15}$/.test(text) && Number(text) >= min && Number(text) <= max) return Number(text);
  throw new AppError("BAD_INPUT", `${name} must be a whole number from ${min} to ${max}, not '${text.slice(0, 40)}'.`);
}

/**
 * Reads a request of Simple Cone Search 1.03. A MAXREC above the limit is reduced to it, as DALI requires; parameters of
 * other standards are ignored.
 *
 * @throws AppError BAD_INPUT naming the parameter, the expected and the given value
 */
export function coneParameters(query: unknown): ConeParameters {
  const given = byName(query);
  return {
    ra: numberOf(given, "RA", 0, 360),
    dec: numberOf(given, "DEC", -90, 90),
    radius: numberOf(given, "SR", 0, MAX_RADIUS_DEG),
    verbosity: wholeOf(given, "VERB", 2, 1, 3) as Verbosity,
    maxRecords: Math.min(wholeOf(given, "MAXREC", MAXREC.usual, 0, Number.MAX_SAFE_INTEGER), MAXREC.most),
    release: wholeOf(given, "RELEASE", 3, 2, 4) as Release,
  };
}
