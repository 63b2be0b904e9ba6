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
  /** of tensors that broadcast; what comes is finite or NaN */
  readonly emit: (graph: OnnxModel, ...operands: Value[]) => Value;
  /** gives NaN for some numbers */
  readonly partial: boolean;
  /** gives infinity for some numbers, which is then made NaN */
  readonly unbounded: boolean;
}

const nan = (graph: OnnxModel): Value => graph.scalar(Number.NaN);

/** An operator of ONNX that keeps NaN. */
const plain = (operator: string, ofNumbers: Arithmetic["ofNumbers"], { partial = false, unbounded = false } = {}): Arithmetic => ({
  ofNumbers,
  emit: (graph, ...operands) => graph.add(operator, operands),
  partial,
  unbounded,
});

/** The smaller or larger of two. ONNX does not say what its Min and Max do with NaN. */
const chosenBy = (comparison: "Less" | "Greater", ofNumbers: Arithmetic["ofNumbers"]): Arithmetic => ({
  ofNumbers,
  emit(graph, left, right) {
    const takesLeft = graph.add("Or", [graph.add(comparison, [left, right]), graph.add("IsNaN", [left])]);
    return graph.add("Where", [takesLeft, left, right]);
  },
  partial: false,
  unbounded: false,
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
  add: plain("Add", (left, right) => left! + right!),
  subtract: plain("Sub", (left, right) => left! - right!),
  multiply: plain("Mul", (left, right) => left! * right!, { unbounded: true }),
  divide: plain("Div", (left, right) => left! / right!, { partial: true, unbounded: true }),
  power: { ofNumbers: (base, exponent) => base! ** exponent!, emit: power, partial: true, unbounded: true },
  log: plain("Log", (value) => Math.log(value!), { partial: true, unbounded: true }),
  exp: plain("Exp", (value) => Math.exp(value!), { partial: true, unbounded: true }),
  sqrt: plain("Sqrt", (value) => Math.sqrt(value!), { partial: true }),
  abs: plain("Abs", (value) => Math.abs(value!)),
  sin: plain("Sin", (value) => Math.sin(value!)),
  cos: plain("Cos", (value) => Math.cos(value!)),
  min: chosenBy("Less", Math.min),
  max: chosenBy("Greater", Math.max),
  within: {
    ofNumbers: (value, min, max) => (value! >= min! && value! <= max! ? value! : Number.NaN),
    emit: within,
    partial: true,
    unbounded: false,
  },
  missing: {
    ofNumbers: () => 0,
    emit: (graph, value) => graph.add("Cast", [graph.add("IsNaN", [value])], { to: FLOAT32 }),
    partial: false,
    unbounded: false,
  },
  fill: {
    ofNumbers: (value) => value!,
    emit: (graph, value, instead) => graph.add("Where", [graph.add("IsNaN", [value]), instead, value]),
    partial: false,
    unbounded: false,
  },
};
