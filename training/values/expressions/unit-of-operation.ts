import type { Operation } from "./operations";
import type { Quantity } from "./quantity";
import { commonUnit, isPureOrLogarithm, PURE, product, quotient, raised, type Unit, unitText } from "./unit";

/** Ends the reading with what was expected. */
type Fail = (fault: string, quantity?: Quantity) => never;

const WORDS: Readonly<Partial<Record<Operation, string>>> = { add: "added to", subtract: "taken from", fill: "filled in for" };

function ofSum(operation: Operation, left: Unit | null, right: Unit | null, fail: Fail): Unit | null {
  if (!left || !right) return left ?? right;
  const common = commonUnit(left, right);
  if (common) return common;
  const [first, second] = operation === "add" ? [left, right] : [right, left];
  return fail(`${unitText(first)} cannot be ${WORDS[operation] ?? "compared with"} ${unitText(second)}`);
}

function expectExponent(exponent: Quantity, fail: Fail): void {
  if (exponent.unit && !isPureOrLogarithm(exponent.unit))
    fail(`an exponent is expected to be a pure number, dex or mag, not ${unitText(exponent.unit)}`, exponent);
}

function ofPower([base, exponent]: readonly Quantity[], fail: Fail): Unit | null {
  expectExponent(exponent!, fail);
  if (exponent!.term.kind === "constant") return base!.unit && raised(base!.unit, exponent!.term.value);
  if (base!.unit && base!.unit.size > 0)
    fail(`under an exponent that is no number a pure number is expected, not ${unitText(base!.unit)}`, base);
  return PURE;
}

/** @returns the unit of what an operation gives; null if only numbers as written went into it */
export function unitOfOperation(operation: Operation, operands: readonly Quantity[], fail: Fail): Unit | null {
  const [left = null, right = null] = operands.map(({ unit }) => unit);
  switch (operation) {
    case "multiply":
      return left && right ? product(left, right) : (left ?? right);
    case "divide":
      return right ? quotient(left ?? PURE, right) : left;
    case "power":
      return ofPower(operands, fail);
    case "exp":
      expectExponent(operands[0]!, fail);
      return PURE;
    case "log":
    case "sin":
    case "cos":
    case "missing":
      return PURE;
    case "sqrt":
      return left && raised(left, 0.5);
    case "abs":
    case "within":
      return left;
    default:
      return ofSum(operation, left, right, fail);
  }
}
