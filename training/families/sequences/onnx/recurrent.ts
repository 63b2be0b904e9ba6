import type { OnnxModel, Value } from "../../../onnx/onnx-model";
import type { CellName } from "../recurrent/cell";
import type { RecurrentShape } from "../recurrent/recurrent-network";
import type { Snapshot } from "../sequence-network";
import type { SequenceValues } from "./sequence-graph";

/** ONNX's order of the gates, as places in ours: z, r, h is the same; our i, f, g, o is its i, o, f, c. */
const GATE_ORDER: Readonly<Record<CellName, readonly number[]>> = { gru: [0, 1, 2], lstm: [0, 3, 1, 2] };

/** One layer in one direction. */
interface Layer {
  /** [inputs, gates units] */
  readonly kernel: Float32Array;
  /** [units, gates units] */
  readonly recurrent: Float32Array;
  /** [gates units] */
  readonly bias: Float32Array;
}

/** @param matrix [rows, gates units] @returns [gates units, rows], the gates in ONNX's order */
function transposedGates(matrix: Float32Array, units: number, order: readonly number[]): Float32Array {
  const columns = order.length * units;
  const rows = matrix.length / columns;
  return Float32Array.from(matrix, (_, index) => {
    const [gateUnit, row] = [Math.floor(index / rows), index % rows];
    const gate = order[Math.floor(gateUnit / units)]!;
    return matrix[row * columns + gate * units + (gateUnit % units)]!;
  });
}

function concatenated(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let filled = 0;
  for (const part of parts) {
    all.set(part, filled);
    filled += part.length;
  }
  return all;
}

/** Adds a GRU or LSTM operator. @param layers one, or the forward and the backward one @returns all states [T, D, N, U] and the last [D, N, U] */
function recurrent(graph: OnnxModel, cell: CellName, units: number, layers: readonly Layer[], inputs: Value, lengths: Value): Value[] {
  const order = GATE_ORDER[cell];
  const width = order.length * units;
  const rows = (part: (layer: Layer) => Float32Array) => concatenated(layers.map((layer) => transposedGates(part(layer), units, order)));
  const kernels = rows(({ kernel }) => kernel);
  // ONNX keeps a second bias beside the recurrent product; ours is one.
  const biases = concatenated(layers.flatMap(({ bias }) => [transposedGates(bias, units, order), new Float32Array(width)]));
  const weights = [
    graph.constant([layers.length, width, kernels.length / (layers.length * width)], kernels),
    graph.constant(
      [layers.length, width, units],
      rows((layer) => layer.recurrent),
    ),
    graph.constant([layers.length, 2 * width], biases),
  ];
  const direction = layers.length === 2 ? "bidirectional" : "forward";
  return graph.addWithResults(2, cell.toUpperCase(), [inputs, ...weights, lengths], { hidden_size: units, direction });
}

const shapeOf = (graph: OnnxModel, ...sizes: number[]) => graph.constant([sizes.length], BigInt64Array.from(sizes, BigInt));

/** @returns [N, width] what the head sees; steps behind a sequence's end are 0 in ONNX */
function pool(graph: OnnxModel, { pooling }: RecurrentShape, states: Value, ends: Value, count: Value): Value {
  if (pooling === "last") {
    return graph.add("Reshape", [graph.add("Transpose", [ends], { perm: [1, 0, 2] }), shapeOf(graph, 0, -1)]);
  }
  const sum = graph.add("ReduceSum", [states, shapeOf(graph, 0)], { keepdims: 0 });
  return graph.add("Div", [sum, count]);
}

/**
 * Writes a recurrent network into a graph: ONNX's GRU (reset before the product) and LSTM with the length of each sequence.
 *
 * @returns [N, 1] of order one
 */
export function recurrentGraph(graph: OnnxModel, shape: RecurrentShape, weights: Snapshot, sequences: SequenceValues): Value {
  const directions = shape.isBidirectional ? 2 : 1;
  const layer = (index: number): Layer => {
    const [kernel, recurrentKernel, bias] = weights.slice(3 * index, 3 * index + 3);
    return { kernel: kernel!, recurrent: recurrentKernel!, bias: bias! };
  };
  let inputs = graph.add("Transpose", [sequences.points], { perm: [1, 0, 2] });
  let ends: Value = inputs;
  shape.units.forEach((units, level) => {
    const layers = Array.from({ length: directions }, (_, side) => layer(level * directions + side));
    const [states, last] = recurrent(graph, shape.cell, units, layers, inputs, sequences.lengths);
    const byStar = graph.add("Transpose", [states!], { perm: [0, 2, 1, 3] });
    inputs = graph.add("Reshape", [byStar, shapeOf(graph, 0, 0, -1)]);
    ends = last!;
  });
  const [kernel, bias] = weights.slice(-2);
  const pooled = pool(graph, shape, inputs, ends, sequences.count);
  return graph.add("Gemm", [pooled, graph.constant([kernel!.length, 1], kernel!), graph.constant([1], bias!)]);
}
