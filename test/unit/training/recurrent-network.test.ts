import * as tf from "@tensorflow/tfjs";
import { Random } from "../../../src/science/random";
import type { Sequences } from "../../../training/families/sequences/ragged-batch";
import type { CellName } from "../../../training/families/sequences/recurrent/cell";
import { RecurrentNetwork, type RecurrentShape } from "../../../training/families/sequences/recurrent/recurrent-network";
import { openBackend } from "../../../training/tensorflow/ladder";
import { gradientErrors } from "../../support/gradient";

const CHANNELS = 2;
const LENGTHS = [5, 1, 9, 3];
const CELLS: readonly CellName[] = ["gru", "lstm"];

function someSequences(lengths: readonly number[]): Sequences {
  const random = new Random(7);
  const starts = Int32Array.from([0, ...lengths.map((_, index) => lengths.slice(0, index + 1).reduce((sum, length) => sum + length, 0))]);
  const values = Float32Array.from({ length: CHANNELS * starts[lengths.length]! }, () => random.normal());
  return { values, channels: CHANNELS, starts };
}

const all = (sequences: Sequences) => Int32Array.from({ length: sequences.starts.length - 1 }, (_, index) => index);

function network(shape: Partial<RecurrentShape> & { cell: CellName }): RecurrentNetwork {
  const defaults = {
    kind: "recurrent",
    channels: CHANNELS,
    units: [8, 4],
    isBidirectional: false,
    pooling: "last",
    dropout: [0, 0],
  } as const;
  return new RecurrentNetwork({ ...defaults, ...shape }, { sequences: 8, rows: 64, longest: 16 }, new Random(3));
}

/** Half the sum of squares, so that its slope by an output is the output. */
const halfSquares = (outputs: Float32Array) => outputs.reduce((sum, value) => sum + value ** 2 / 2, 0);

/** The same layers of TensorFlow.js with the network's weights, one sequence at a time. */
function tfjsOutputs(net: RecurrentNetwork, { values, starts }: Sequences): number[] {
  const model = tf.sequential();
  const { cell, units, isBidirectional } = net.shape;
  const make = cell === "gru" ? tf.layers.gru : tf.layers.lstm;
  units.forEach((count, index) => {
    const returnSequences = index < units.length - 1;
    const layer = make({ units: count, recurrentActivation: "sigmoid", returnSequences } as Parameters<typeof tf.layers.lstm>[0]);
    const batchInputShape = index === 0 ? { batchInputShape: [null, null, CHANNELS] as tf.Shape } : {};
    model.add(tf.layers.bidirectional({ layer, mergeMode: "concat", ...batchInputShape } as Parameters<typeof tf.layers.bidirectional>[0]));
  });
  if (!isBidirectional) throw new Error("compared in both directions");
  model.add(tf.layers.dense({ units: 1 }));
  const parameters = net.parameters.map(({ values: block }) => Float32Array.from(block.floats));
  model.setWeights(model.getWeights().map(({ shape }, index) => tf.tensor(parameters[index]!, shape)));
  return Array.from({ length: starts.length - 1 }, (_, sequence) => {
    const [first, end] = [starts[sequence]!, starts[sequence + 1]!];
    const rows = values.slice(first * CHANNELS, end * CHANNELS);
    return (model.predict(tf.tensor3d(rows, [1, end - first, CHANNELS])) as tf.Tensor).dataSync()[0]!;
  });
}

describe.each(CELLS)("a recurrent network of %s units", (cell) => {
  const sequences = someSequences(LENGTHS);

  it.each(["last", "mean"] as const)("has the gradients that finite differences find, pooling the %s state", (pooling) => {
    for (const isBidirectional of [false, true]) {
      const net = network({ cell, pooling, isBidirectional });
      const loss = () => halfSquares(net.forward(sequences, all(sequences), null));
      net.backward(net.forward(sequences, all(sequences), null));
      expect(Math.max(...gradientErrors(net, loss))).toBeLessThan(2e-3);
    }
  });

  it("gives what TensorFlow.js gives, each sequence as long as it is, in both directions", async () => {
    await openBackend("cpu");
    const net = network({ cell, isBidirectional: true });
    const outputs = net.forward(sequences, all(sequences), null);
    tfjsOutputs(net, sequences).forEach((wanted, index) => {
      expect(outputs[index]).toBeCloseTo(wanted, 5);
    });
  });

  it("gives a sequence the same answer whichever others are in its batch", () => {
    const net = network({ cell });
    const together = Float32Array.from(net.forward(sequences, all(sequences), null));
    const alone = LENGTHS.map((_, index) => net.forward(sequences, Int32Array.of(index), null)[0]);
    expect(Array.from(together)).toEqual(alone);
  });

  it("keeps the gradients right under dropout", () => {
    const net = network({ cell, dropout: [0.3, 0.3] });
    const run = () => net.forward(sequences, all(sequences), new Random(11));
    net.backward(run());
    expect(Math.max(...gradientErrors(net, () => halfSquares(run())))).toBeLessThan(2e-3);
  });
});

it("refuses units that the kernels cannot take four at a time", () => {
  expect(() => network({ cell: "gru", units: [10] })).toThrow(/multiple of 4/);
});
