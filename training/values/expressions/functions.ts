import type { Derivation } from "./derive";
import type { Place } from "./expression-error";
import type { Operation } from "./operations";
import { absolute, dereddened, luminosity } from "./photometric-functions";
import type { Quantity } from "./quantity";
import { ofAngle, sinGalacticLatitude } from "./sky-functions";
import type { Syntax } from "./syntax";
import { DEX } from "./unit";

/** A function of the language. */
export interface ExpressionFunction {
  /** as a reader writes it: absolute(band, distance) */
  readonly usage: string;
  /** one line for people */
  readonly summary: string;
  /** fewest and most operands */
  readonly operands: readonly [fewest: number, most: number];
  readonly derive: (derivation: Derivation, operands: readonly Syntax[], place: Place) => Quantity;
}

const MOST = 20;

const direct =
  (operation: Operation): ExpressionFunction["derive"] =>
  (derivation, operands, place) =>
    derivation.apply(operation, place, ...operands.map((operand) => derivation.of(operand)));

/** min(a, b, c) is min(min(a, b), c). */
const folded =
  (operation: Operation): ExpressionFunction["derive"] =>
  (derivation, operands, place) =>
    operands.map((operand) => derivation.of(operand)).reduce((left, right) => derivation.apply(operation, place, left, right));

function log10(derivation: Derivation, [operand]: readonly Syntax[], place: Place): Quantity {
  const natural = derivation.apply("log", place, derivation.of(operand!));
  return derivation.withUnit(derivation.apply("multiply", place, natural, derivation.number(Math.LOG10E, place)), DEX);
}

function within(derivation: Derivation, [operand, ...limits]: readonly Syntax[], place: Place): Quantity {
  const value = derivation.of(operand!);
  const [min, max] = limits.map((limit) => {
    const { term } = derivation.of(limit);
    return term.kind === "constant" ? term.value : derivation.fail("a number is expected as a limit", limit.place);
  });
  if (!(min! < max!)) derivation.fail(`the first limit is expected to be below the second, not ${min} and ${max}`, place);
  return derivation.apply("within", place, value, derivation.number(min!, place), derivation.number(max!, place));
}

function error(derivation: Derivation, [operand]: readonly Syntax[], place: Place): Quantity {
  if (operand!.kind !== "name") return derivation.fail("error(...) expects a column's name", operand!.place);
  const column = derivation.column(operand!.name, operand!.place);
  if (column.error === undefined) return derivation.fail(`${column.name} has no column of errors`, operand!.place);
  return derivation.read(derivation.column(column.error, operand!.place), place);
}

/** Everything that can be written before a bracket, in lower case; expressions may use any. */
export const FUNCTIONS: Readonly<Record<string, ExpressionFunction>> = {
  log10: { usage: "log10(x)", summary: "decimal logarithm [dex]; missing where x <= 0", operands: [1, 1], derive: log10 },
  ln: { usage: "ln(x)", summary: "natural logarithm; missing where x <= 0", operands: [1, 1], derive: direct("log") },
  exp: { usage: "exp(x)", summary: "e to the power of x", operands: [1, 1], derive: direct("exp") },
  pow: { usage: "pow(x, y)", summary: "x ^ y", operands: [2, 2], derive: direct("power") },
  sqrt: { usage: "sqrt(x)", summary: "square root; missing where x < 0", operands: [1, 1], derive: direct("sqrt") },
  abs: { usage: "abs(x)", summary: "x without its sign", operands: [1, 1], derive: direct("abs") },
  sin: { usage: "sin(angle)", summary: "sine of an angle [deg]", operands: [1, 1], derive: ofAngle("sin") },
  cos: { usage: "cos(angle)", summary: "cosine of an angle [deg]", operands: [1, 1], derive: ofAngle("cos") },
  singalacticlatitude: {
    usage: "sinGalacticLatitude(ra, dec)",
    summary: "sine of the Galactic latitude of a position [deg]",
    operands: [2, 2],
    derive: sinGalacticLatitude,
  },
  min: { usage: "min(x, y, ...)", summary: "the smallest; missing where any is", operands: [2, MOST], derive: folded("min") },
  max: { usage: "max(x, y, ...)", summary: "the largest; missing where any is", operands: [2, MOST], derive: folded("max") },
  ratio: { usage: "ratio(x, y)", summary: "x / y; missing where y is 0", operands: [2, 2], derive: direct("divide") },
  absolute: {
    usage: "absolute(band, distance)",
    summary: "absolute magnitude by a distance [pc], or by a parallax [mas]: the column parallax when left out",
    operands: [1, 2],
    derive: absolute,
  },
  dereddened: {
    usage: "dereddened(x, ebv)",
    summary: "x with every band in it corrected for extinction, by ebv or av: the first of these that there is when left out",
    operands: [1, 2],
    derive: dereddened,
  },
  luminosity: {
    usage: "luminosity(band, parallax)",
    summary: "parallax * 10 ^ (0.2 band - 2): like an absolute magnitude, and finite where the parallax is not positive",
    operands: [1, 2],
    derive: luminosity,
  },
  error: { usage: "error(column)", summary: "the column's standard error", operands: [1, 1], derive: error },
  within: { usage: "within(x, min, max)", summary: "x where it is believable, missing outside", operands: [3, 3], derive: within },
  missing: { usage: "missing(x)", summary: "1 where x is missing, else 0", operands: [1, 1], derive: direct("missing") },
  fill: { usage: "fill(x, y, ...)", summary: "the first that is not missing", operands: [2, MOST], derive: folded("fill") },
};
