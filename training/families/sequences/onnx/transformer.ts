import type { OnnxModel, Value } from "../../../onnx/onnx-model";
import type { Snapshot } from "../sequence-network";
import type { TransformerShape } from "../transformer/transformer-network";
import type { SequenceValues } from "./sequence-graph";

/** As training/families/sequences/kernels/assembly/rows.ts has it. */
const EPSILON = 1e-5;

const shapeOf = (graph: OnnxModel, ...sizes: number[]) => graph.constant([sizes.length], BigInt64Array.from(sizes, BigInt));

/** The parts of a network, written one after the other in the order of its parameters. */
class TransformerGraph {
  readonly #weights: IterableIterator<Float32Array>;

  constructor(
    private readonly graph: OnnxModel,
    private readonly shape: TransformerShape,
    weights: Snapshot,
  ) {
    this.#weights = weights.values();
  }

  #next(): Float32Array {
    const { value, done } = this.#weights.next();
    if (done) throw new RangeError("A transformer has more parameters than its snapshot.");
    return value;
  }

  dense(x: Value): Value {
    const [kernel, bias] = [this.#next(), this.#next()];
    const product = this.graph.add("MatMul", [x, this.graph.constant([kernel.length / bias.length, bias.length], kernel)]);
    return this.graph.add("Add", [product, this.graph.constant([bias.length], bias)]);
  }

  /** Takes the next normalisation's parameters, which may come before those of what is written first. */
  normalisation(): (x: Value) => Value {
    const [gain, bias] = [this.#next(), this.#next()].map((one) => this.graph.constant([one.length], one));
    return (x) => this.graph.add("LayerNormalization", [x, gain!, bias!], { axis: 2, epsilon: { float: EPSILON } });
  }

  /** @param mask [N, 1, 1, T] 0 for points, far below 0 for padding */
  attend(x: Value, mask: Value): Value {
    const { graph } = this;
    const { heads, width } = this.shape;
    const size = width / heads;
    const [query, key, value] = graph.addWithResults(3, "Split", [this.dense(x), shapeOf(graph, width, width, width)], { axis: 2 });
    const split = (part: Value, perm: number[]) =>
      graph.add("Transpose", [graph.add("Reshape", [part, shapeOf(graph, 0, 0, heads, size)])], { perm });
    const product = graph.add("MatMul", [split(query!, [0, 2, 1, 3]), split(key!, [0, 2, 3, 1])]);
    const scores = graph.add("Add", [graph.add("Mul", [product, graph.scalar(1 / Math.sqrt(size))]), mask]);
    const mixed = graph.add("MatMul", [graph.add("Softmax", [scores], { axis: 3 }), split(value!, [0, 2, 1, 3])]);
    return this.dense(graph.add("Reshape", [graph.add("Transpose", [mixed], { perm: [0, 2, 1, 3] }), shapeOf(graph, 0, 0, width)]));
  }

  block(stream: Value, mask: Value): Value {
    const { graph } = this;
    const [beforeAttention, beforeFeedForward] = [this.normalisation(), this.normalisation()];
    const attended = graph.add("Add", [stream, this.attend(beforeAttention(stream), mask)]);
    const wide = graph.add("Relu", [this.dense(beforeFeedForward(attended))]);
    return graph.add("Add", [attended, this.dense(wide)]);
  }

  /** @returns [N, 1] */
  head(stream: Value, { count }: SequenceValues, isPoint: Value): Value {
    const { graph } = this;
    const states = graph.add("Mul", [this.normalisation()(stream), isPoint]);
    const mean = graph.add("Div", [graph.add("ReduceSum", [states, shapeOf(graph, 1)], { keepdims: 0 }), count]);
    const [kernel, bias] = [this.#next(), this.#next()];
    return graph.add("Gemm", [mean, graph.constant([kernel.length, 1], kernel), graph.constant([1], bias)]);
  }
}

/**
 * Writes a transformer into a graph; padding is masked in the attention and in the mean.
 *
 * @returns [N, 1] of order one
 */
export function transformerGraph(graph: OnnxModel, shape: TransformerShape, weights: Snapshot, sequences: SequenceValues): Value {
  const network = new TransformerGraph(graph, shape, weights);
  const places = graph.constant(
    [1, sequences.size],
    Float32Array.from({ length: sequences.size }, (_, point) => point + 0.5),
  );
  const isPoint = graph.add("Less", [places, sequences.count]);
  const mask = graph.add("Where", [isPoint, graph.scalar(0), graph.scalar(-1e9)]);
  const ofKeys = graph.add("Unsqueeze", [mask, shapeOf(graph, 1, 2)]);
  const factor = graph.add("Unsqueeze", [graph.add("Where", [isPoint, graph.scalar(1), graph.scalar(0)]), shapeOf(graph, 2)]);
  let stream = network.dense(sequences.points);
  for (let block = 0; block < shape.blocks; block++) stream = network.block(stream, ofKeys);
  return network.head(stream, sequences, factor);
}
