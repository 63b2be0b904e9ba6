import { TOTAL_TO_SELECTIVE } from "../../../src/science/extinction";
import type { Derivation } from "./derive";
import type { Place } from "./expression-error";
import type { Quantity } from "./quantity";
import type { Syntax } from "./syntax";
import type { Term } from "./term";
import { PURE, unitText } from "./unit";

const PARALLAX = "parallax";

function magnitude(derivation: Derivation, operand: Syntax): Quantity {
  const band = derivation.of(operand);
  derivation.expect(band, ["mag"], "a magnitude");
  if (band.unit === null) derivation.fail("a magnitude is expected, not a number", operand.place);
  return band;
}

/** The parallax [mas] that a function was given, or the column of that name. */
function parallax(derivation: Derivation, given: Syntax | undefined, place: Place): Quantity {
  if (given) return derivation.of(given);
  const column = derivation.scope.names.optional(PARALLAX);
  if (!column) return derivation.fail("there is no column 'parallax': name a parallax [mas] or a distance [pc] behind the band", place);
  return derivation.read(column, place);
}

/** 5 log10(x) + zero point, of a quantity's own place. */
function fiveLog(derivation: Derivation, quantity: Quantity, zeroPoint: number): Term {
  const { terms } = derivation;
  const logarithm = terms.apply("multiply", terms.apply("log", quantity.term), terms.constant(5 * Math.LOG10E));
  return terms.apply("add", logarithm, terms.constant(zeroPoint));
}

/** M = m - 5 log10(d / 10 pc), or m + 5 log10(parallax / 100 mas). */
export function absolute(derivation: Derivation, [operand, by]: readonly Syntax[], place: Place): Quantity {
  const band = magnitude(derivation, operand!);
  const range = parallax(derivation, by, place);
  derivation.expect(range, ["mas", "pc", "kpc"], "a parallax or a distance");
  if (range.unit === null) derivation.fail("a column is expected as the distance, not a number", range.place);
  const unit = unitText(range.unit);
  const { terms } = derivation;
  if (unit === "mas") return { ...band, term: terms.apply("add", band.term, fiveLog(derivation, range, -10)) };
  return { ...band, term: terms.apply("subtract", band.term, fiveLog(derivation, range, unit === "kpc" ? 10 : -5)) };
}

/**
 * parallax * 10 ^ (0.2 m - 2) with the parallax in mas: 10 ^ (0.2 M), linear in the parallax as its error is
 * (Arenou & Luri 1999, ASP Conf. 167, 13).
 */
export function luminosity(derivation: Derivation, [operand, by]: readonly Syntax[], place: Place): Quantity {
  const band = magnitude(derivation, operand!);
  const given = parallax(derivation, by, place);
  derivation.expect(given, ["mas"], "a parallax");
  const { terms } = derivation;
  const exponent = terms.apply("add", terms.apply("multiply", band.term, terms.constant(0.2 * Math.LN10)), terms.constant(-2 * Math.LN10));
  return { term: terms.apply("multiply", terms.apply("exp", exponent), given.term), unit: PURE, place };
}

/** The names of E(B-V) and of A(V), and how the first follows from each. */
const REDDENING: Readonly<Record<string, number>> = { ebv: 1, av: 1 / TOTAL_TO_SELECTIVE };

/** E(B-V) [mag] from the column that was named, or the first that there is. */
function reddening(derivation: Derivation, given: Syntax | undefined, place: Place): Term {
  const { names } = derivation.scope;
  const known = Object.keys(REDDENING).flatMap((name) => names.optional(name) ?? []);
  const named = given?.kind === "name" ? derivation.column(given.name, given.place) : given ? null : known[0];
  const name = Object.keys(REDDENING).find((one) => named && names.optional(one) === named);
  if (!named || name === undefined)
    return derivation.fail("dereddened(...) expects a column ebv [mag, E(B-V)] or av [mag, A(V)]", given?.place ?? place);
  const { terms } = derivation;
  return terms.apply("multiply", derivation.read(named, place).term, terms.constant(REDDENING[name]!));
}

export function dereddened(derivation: Derivation, [operand, by]: readonly Syntax[], place: Place): Quantity {
  return derivation.dereddened(operand!, reddening(derivation, by, place), place);
}
