import { parseUnit, type Unit } from "./parse-unit";

/** How numbers in one unit become numbers in another. */
export interface Conversion {
  /** The number is multiplied by one and divided by the other. */
  readonly times: number;
  readonly per: number;
  /** The texts are h:m:s or d:m:s, parted by colons, letters or blanks. */
  readonly sexagesimal: boolean;
}

export const UNCHANGED: Conversion = { times: 1, per: 1, sexagesimal: false };

/** Of an angle in hours, minutes and seconds. */
const SEXAGESIMAL_HOURS = /^"?(h\s*[:,]\s*m\s*[:,]\s*s|hms|hh:mm:ss(\.s+)?|h m s|hourangle:m:s)"?$/i;
const SEXAGESIMAL_DEGREES = /^"?(d(eg)?\s*[:,]\s*(arc)?m(in)?\s*[:,]\s*(arc)?s(ec)?|dms|dd:mm:ss(\.s+)?|d m s)"?$/i;

/** The unit of Gaia's observation times in its data model: `Barycentric JD in TCB - 2455197.5 (day)`. */
const GAIA_DAYS = /JD in TCB\s*-\s*2455197\.5\s*\(?d(ays?)?\)?/i;

/** A quotient without the rounding of its parts where it is a whole number or one over it. */
function tidy(times: number, per: number): Pick<Conversion, "times" | "per"> {
  const ratio = times / per;
  const near = (value: number) => value >= 1 && Math.abs(value - Math.round(value)) <= 1e-12 * value;
  if (near(ratio)) return { times: Math.round(ratio), per: 1 };
  return near(1 / ratio) ? { times: 1, per: Math.round(1 / ratio) } : { times: ratio, per: 1 };
}

function hasDimensions(unit: Unit, wanted: Unit): boolean {
  const { dimensions } = unit;
  return dimensions.size === wanted.dimensions.size && [...dimensions].every(([name, power]) => wanted.dimensions.get(name) === power);
}

const isPlain = ({ dimensions, size, per }: Unit): boolean => dimensions.size === 0 && size === per;
const dimensionOf = ({ dimensions }: Unit): string => [...dimensions].map(([name, power]) => `${name}^${power}`).join(" ");

/** Logarithms that are kept as dex: of cm/s2 (surface gravity), of the Sun's content, or of a plain number. */
function isDex(unit: Unit): boolean {
  if (!unit.logarithm) return isPlain(unit) || dimensionOf(unit) === "dex^1";
  if (unit.dimensions.size === 0 || dimensionOf(unit) === "solar^1") return true;
  const cgs = parseUnit("cm.s**-2")!;
  return hasDimensions(unit, cgs) && Math.abs(unit.size / unit.per / (cgs.size / cgs.per) - 1) < 1e-12;
}

/**
 * @param from a unit as a file or a mapping states it
 * @param to the unit wanted; `-` for a number without one, `dex` for a logarithm
 * @returns null if there is no conversion, or a unit is not understood
 */
export function convertUnit(from: string, to: string): Conversion | null {
  if (to === "deg" && SEXAGESIMAL_HOURS.test(from.trim())) return { times: 15, per: 1, sexagesimal: true };
  if (to === "deg" && SEXAGESIMAL_DEGREES.test(from.trim())) return { ...UNCHANGED, sexagesimal: true };
  if (to === "d" && GAIA_DAYS.test(from)) return UNCHANGED;
  const [unit, wanted] = [parseUnit(from), parseUnit(to)];
  if (!unit || !wanted) return null;
  if (to === "dex") return isDex(unit) ? UNCHANGED : null;
  if (unit.logarithm) return null;
  // Right ascensions are given in hours of time, 15 degrees each.
  if (to === "deg" && /^(h|hrs?|hours?)$/i.test(from.trim())) return { ...UNCHANGED, times: 15 };
  if (to === "rad" && dimensionOf(unit) === "" && isPlain(unit)) return UNCHANGED;
  return hasDimensions(unit, wanted) ? { ...tidy(unit.size * wanted.per, unit.per * wanted.size), sexagesimal: false } : null;
}
