import { Random } from "../../../src/science/random";
import { quantile } from "../../../src/science/statistics";
import type { Sequences } from "../../../training/families/sequences/ragged-batch";
import { TransformerNetwork } from "../../../training/families/sequences/transformer/transformer-network";
import { gradientErrors } from "../../support/gradient";

const CHANNELS = 3;
const STARTS = Int32Array.of(0, 5, 6, 15, 18);
const ALL = Int32Array.of(0, 1, 2, 3);

function someSequences(): Sequences {
  const random = new Random(7);
  return { values: Float32Array.from({ length: 18 * CHANNELS }, () => random.normal()), channels: CHANNELS, starts: STARTS };
}

function network(dropout: number): TransformerNetwork {
  const shape = { kind: "transformer", channels: CHANNELS, width: 8, heads: 2, blocks: 2, hidden: 12, dropout } as const;
  return new TransformerNetwork(shape, { sequences: 4, rows: 32, longest: 12 }, new Random(3));
}

const halfSquares = (outputs: Float32Array) => outputs.reduce((sum, value) => sum + value ** 2 / 2, 0);

describe("a transformer", () => {
  const sequences = someSequences();

  it.each([0, 0.3])("has the gradients that finite differences find, with a dropout of %d", (dropout) => {
    const net = network(dropout);
    const run = () => net.forward(sequences, ALL, new Random(12));
    net.backward(run());
    const errors = gradientErrors(net, () => halfSquares(run()));
    // Where ReLU bends within a difference, the difference is wrong, not the gradient.
    expect(quantile(errors, 0.9)).toBeLessThan(5e-3);
  });

  it("gives a sequence the same answer whichever others are in its batch", () => {
    const net = network(0);
    const together = Array.from(net.forward(sequences, ALL, null));
    const alone = Array.from(ALL, (index) => net.forward(sequences, Int32Array.of(index), null)[0]);
    expect(together).toEqual(alone);
  });

  it("does not care in which order the points come: only their channels say where they are", () => {
    const net = network(0);
    const reversed = Float32Array.from({ length: 5 * CHANNELS }, (_, at) => {
      return sequences.values[(4 - Math.floor(at / CHANNELS)) * CHANNELS + (at % CHANNELS)]!;
    });
    const [there] = net.forward(sequences, Int32Array.of(0), null);
    const [back] = net.forward({ values: reversed, channels: CHANNELS, starts: Int32Array.of(0, 5) }, Int32Array.of(0), null);
    expect(back).toBeCloseTo(there!, 5);
  });

  it("refuses a width that its heads cannot share", () => {
    const shape = { kind: "transformer", channels: 3, width: 12, heads: 2, blocks: 1, hidden: 8, dropout: 0 } as const;
    expect(() => new TransformerNetwork(shape, { sequences: 1, rows: 1, longest: 1 }, new Random(1))).toThrow(/multiple of 8/);
  });
});
