import type { OnnxModel, Value } from "../../onnx/onnx-model";
import { FLOAT32 } from "../../onnx/onnx-model";

/** What terms are made of. Every other function of the language is written with these. */
export type Operation =
  | "add"
  | "subtract"
  | "multiply"
  | "divide"
  | "power"
  | "log"
  | "exp"
  | "sqrt"
  | "abs"
  | "sin"
  | "cos"
  | "min"
  | "max"
  | "within"
  | "missing"
  | "fill";

interface Arithmetic {
  /** of constants, when an expression is read */
  readonly ofNumbers: (...operands: number[]) => number;
  /** of tensors that broadcast */
  readonly emit: (graph: OnnxModel, ...operands: Value[]) => Value;
  /** gives NaN for some numbers */
  readonly partial: boolean;
  /** the largest finite size of a result, by the largest sizes of the operands */
  readonly bound: (...sizes: number[]) => number;
  /** gives infinity for some numbers, however small: log(0), 1 / 0 */
  readonly hasPoles?: boolean;
}

const nan = (graph: OnnxModel): Value => graph.scalar(Number.NaN);

/** An operator of ONNX that keeps NaN. */
const plain = (operator: string, ofNumbers: Arithmetic["ofNumbers"], bound: Arithmetic["bound"], partial = true): Arithmetic => ({
  ofNumbers,
  emit: (graph, ...operands) => graph.add(operator, operands),
  partial,
  bound,
});

const unbounded = (): number => Number.POSITIVE_INFINITY;
/** Of the smallest and the largest number of single precision. */
const LARGEST_LOG = 104;
const sum = (left?: number, right?: number): number => left! + right!;
const one = (): number => 1;
/** The size of what is one of its operands. */
const largest = (...sizes: number[]): number => Math.max(...sizes);

/** The smaller or larger of two. ONNX does not say what its Min and Max do with NaN. */
const chosenBy = (comparison: "Less" | "Greater", ofNumbers: Arithmetic["ofNumbers"]): Arithmetic => ({
  ofNumbers,
  emit(graph, left, right) {
    const takesLeft = graph.add("Or", [graph.add(comparison, [left, right]), graph.add("IsNaN", [left])]);
    return graph.add("Where", [takesLeft, left, right]);
  },
  partial: false,
  bound: largest,
});

/** NaN ^ 0 and 1 ^ NaN are 1 for ONNX as for C; here a missing value stays missing. */
function power(graph: OnnxModel, base: Value, exponent: Value): Value {
  const missing = graph.add("IsNaN", [graph.add("Add", [base, exponent])]);
  return graph.add("Where", [missing, nan(graph), graph.add("Pow", [base, exponent])]);
}

function within(graph: OnnxModel, value: Value, min: Value, max: Value): Value {
  const inside = graph.add("And", [graph.add("GreaterOrEqual", [value, min]), graph.add("LessOrEqual", [value, max])]);
  return graph.add("Where", [inside, value, nan(graph)]);
}

/** The one table of what each operation computes. */
export const OPERATIONS: Readonly<Record<Operation, Arithmetic>> = {
  add: plain("Add", (left, right) => left! + right!, sum, false),
  subtract: plain("Sub", (left, right) => left! - right!, sum, false),
  multiply: plain(
    "Mul",
    (left, right) => left! * right!,
    (left, right) => left! * right!,
    false,
  ),
  divide: { ...plain("Div", (left, right) => left! / right!, unbounded), hasPoles: true },
  power: { ofNumbers: (base, exponent) => base! ** exponent!, emit: power, partial: true, bound: unbounded, hasPoles: true },
  log: {
    ...plain(
      "Log",
      (value) => Math.log(value!),
      () => LARGEST_LOG,
    ),
    hasPoles: true,
  },
  exp: plain(
    "Exp",
    (value) => Math.exp(value!),
    (size) => Math.exp(size!),
  ),
  sqrt: plain(
    "Sqrt",
    (value) => Math.sqrt(value!),
    (size) => Math.sqrt(size!),
  ),
  abs: plain("Abs", (value) => Math.abs(value!), largest, false),
  sin: plain("Sin", (value) => Math.sin(value!), one, false),
  cos: plain("Cos", (value) => Math.cos(value!), one, false),
  min: chosenBy("Less", Math.min),
  max: chosenBy("Greater", Math.max),
  within: {
    ofNumbers: (value, min, max) => (value! >= min! && value! <= max! ? value! : Number.NaN),
    emit: within,
    partial: true,
    bound: (_, min, max) => Math.max(min!, max!),
  },
  missing: {
    ofNumbers: () => 0,
    emit: (graph, value) => graph.add("Cast", [graph.add("IsNaN", [value])], { to: FLOAT32 }),
    partial: false,
    bound: one,
  },
  fill: {
    ofNumbers: (value) => value!,
    emit: (graph, value, instead) => graph.add("Where", [graph.add("IsNaN", [value]), instead, value]),
    partial: false,
    bound: largest,
  },
};
