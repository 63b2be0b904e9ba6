import { BASE_UNITS, type BaseUnit, PREFIXES } from "./base-units";

/** A unit as a quotient of two numbers of the base units. */
export interface Unit {
  readonly size: number;
  readonly per: number;
  /** Power of each dimension; none is zero. */
  readonly dimensions: ReadonlyMap<string, number>;
  /** The values are decimal logarithms of numbers in this unit, or magnitudes and the like that are told by a function's name. */
  readonly logarithm: boolean;
}

const DIMENSIONLESS: Unit = { size: 1, per: 1, dimensions: new Map(), logarithm: false };

/** Nobody measures in mega-arcseconds or kilo-magnitudes: `Mas` and `Mmag` are `mas` and `mmag` with a capital. */
const isSmallOnly = ({ dimension }: BaseUnit): boolean => dimension === "angle" || dimension === "magnitude";

function withPrefix(name: string): BaseUnit | null {
  for (const [prefix, size, per] of PREFIXES) {
    const base = name.startsWith(prefix) ? BASE_UNITS.get(name.slice(prefix.length)) : undefined;
    if (base?.prefixes && !(size > 1 && isSmallOnly(base))) return { ...base, size: base.size * size, per: base.per * per };
  }
  return null;
}

/** In small letters, `MPC` would be thousandths of a parsec and not millions; what is meant cannot be known. */
function shouted(name: string): BaseUnit | null {
  const small = name.toLowerCase();
  const found = withPrefix(small);
  const isMilli = small.startsWith("m") && !/^(milli|micro|mega)/.test(small);
  return isMilli && name.startsWith("M") && found && !isSmallOnly(found) ? null : found;
}

/** Archives shout (`MAG`, `Deg`); in small letters none of these names is another unit. */
const unitNamed = (name: string): BaseUnit | null =>
  BASE_UNITS.get(name) ?? withPrefix(name) ?? BASE_UNITS.get(name.toLowerCase()) ?? shouted(name);

function times(a: Unit, b: Unit, power: number): Unit {
  const dimensions = new Map(a.dimensions);
  for (const [dimension, own] of b.dimensions) {
    const sum = (dimensions.get(dimension) ?? 0) + own * power;
    if (sum === 0) dimensions.delete(dimension);
    else dimensions.set(dimension, sum);
  }
  const [size, per] = power < 0 ? [b.per, b.size] : [b.size, b.per];
  const times = Math.abs(power);
  return { ...a, size: a.size * size ** times, per: a.per * per ** times, dimensions };
}

/** `s`, `s-1`, `s**-2`, `s^(-1)`, `m2`, `10**3`. */
function factor(text: string): { unit: Unit; power: number } | null {
  const found = /^([A-Za-z°Åµμ%_]+-?|-{1,3}|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?:(?:\*\*|\^)?\{?\(?([+-]?\d+(?:\.\d+)?)\)?\}?)?$/u.exec(text);
  if (!found) return null;
  // `s-1` ends its name before the sign.
  const [name, power] = [found[1]!, Number(found[2] ?? 1)];
  if (/^\d/.test(name)) return { unit: { ...DIMENSIONLESS, size: Number(name) }, power };
  const base = unitNamed(name);
  if (!base) return name.endsWith("-") && found[2] !== undefined ? factor(`${name.slice(0, -1)}**-${found[2]}`) : null;
  return { unit: { ...DIMENSIONLESS, size: base.size, per: base.per, dimensions: dimensionsOf(base) }, power };
}

const dimensionsOf = ({ dimension }: BaseUnit): ReadonlyMap<string, number> => new Map(dimension === "" ? [] : [[dimension, 1]]);

function product(text: string): Unit | null {
  // Blanks, points and stars multiply; a slash divides by the one factor that follows it.
  const parts = text
    .replaceAll(/\s*\/\s*/g, " /")
    .replaceAll(/\*\*/g, "^")
    // A number stands for itself where no blank follows, too: 10-3mag, or an hour angle as astropy writes it, 15deg.
    .replaceAll(/(?<![\w.^+(-])(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?:\^?[+-]?\d+)?)(?![eE][+-]?\d)(?=[A-Za-z°µμ])/gu, "$1 ")
    .replaceAll(/(?<![\d])\.|\.(?![\d])|[*·]/g, " ")
    .trim()
    .split(/\s+/);
  let unit = DIMENSIONLESS;
  for (const part of parts) {
    const divides = part.startsWith("/");
    const one = factor(divides ? part.slice(1) : part);
    if (one === null) return null;
    unit = times(unit, one.unit, divides ? -one.power : one.power);
  }
  return unit;
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Undoes what typesetting and spelling out do to a unit. */
function plainText(given: string): string {
  return given
    .replaceAll(/["'`$\\]/g, "")
    .replaceAll(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String(SUPERSCRIPTS.indexOf(digit)))
    .replaceAll(/[⁻−–]/g, "-")
    .replaceAll(/\s+per\s+/gi, "/")
    .replaceAll(/\b(milli|micro|kilo)-(?=[a-z])/gi, "$1")
    .trim();
}

/** Names that stand for a unit as a whole. */
const WHOLE: Readonly<Record<string, string>> = {
  "julian years": "yr",
  "julian year": "yr",
  "decimal degrees": "deg",
  "decimal degree": "deg",
  "kms-1": "km/s",
  "kms^-1": "km/s",
  "ab mag": "abmag",
  "vega mag": "mag",
  "mag(ab)": "abmag",
  "mag(vega)": "mag",
};

/** `log(cm/s2)`, `log[cgs]`, `[cm/s2]`, `log cm s-2`, `log`. */
const LOGARITHMS = [
  /^(?:log|log10|lg|dex)\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)$/i,
  /^(?:log|log10|lg|dex)?\s*\[([^[\]]*)\]$/i,
  /^(?:log|log10|lg)(?=\s|$)([^()[\]]*)$/i,
];

/**
 * Understands a unit as files state it: `deg`, `mas.yr**-1`, `mas yr-1`, `km/s`, `'electron'.s**-1`, `log(cm.s**-2)`, `[cm/s2]`,
 * `dex(cm/s2)`, `Angle[deg]`.
 *
 * @returns null if it is not understood
 */
export function parseUnit(given: string): Unit | null {
  const text = plainText(given);
  const whole = WHOLE[text.toLowerCase()];
  if (whole !== undefined) return product(whole);
  const logarithm = LOGARITHMS.map((written) => written.exec(text)).find(Boolean);
  if (logarithm) {
    // log g is a surface gravity in cm/s2, as log cgs is.
    const inner = /^(cgs|g|-*|)$/i.test(logarithm[1]!.trim()) ? DIMENSIONLESS : product(logarithm[1]!);
    return inner && { ...inner, logarithm: true };
  }
  // Gaia's first releases: Angular Velocity[mas/year].
  const quantity = /^[A-Za-z][A-Za-z ]*\[([^[\]]+)\]$/.exec(text);
  if (quantity) return parseUnit(quantity[1]!);
  return text === "" ? DIMENSIONLESS : product(text.replaceAll(/\be-(?=[\s./*]|$)/g, "electron"));
}
