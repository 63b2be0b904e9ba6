import { InferenceSession, Tensor } from "onnxruntime-node";
import { sequenceRow } from "../../../src/features/light-curve/sequence/sequence-inputs";
import { Random } from "../../../src/science/random";
import { predictSequences } from "../../../training/families/sequences/fit/fit-sequences";
import {
  channelCount,
  channelsFor,
  curveSample,
  normalisationOf,
  sequencesOf,
} from "../../../training/families/sequences/light-curves/curve-sample";
import { buildNetwork, type NetworkShape } from "../../../training/families/sequences/network-shape";
import { exportSequenceEnsemble } from "../../../training/families/sequences/onnx/sequence-ensemble";
import { snapshot } from "../../../training/families/sequences/sequence-network";

const LAYOUT = { points: 12 };
const STARS = 300;
const COLUMNS = 2 + 2 * LAYOUT.points;
const LABEL = { name: "feh", mean: -1.4, scale: 0.45 };
const CALIBRATION = { floor: 0.1, gain: 1.5 };

/** Stars of 1 to 12 points, row by row. */
function someRows(): Float32Array {
  const random = new Random(5);
  const rows = new Float32Array(STARS * COLUMNS);
  for (let star = 0; star < STARS; star++) {
    const period = random.between(0.4, 0.8);
    const times = Array.from({ length: 1 + (star % LAYOUT.points) }, () => period * random.uniform()).sort((a, b) => a - b);
    const points = times.map((time) => ({ time, mag: 0.4 * random.normal() }));
    rows.set(sequenceRow(LAYOUT, period, points), star * COLUMNS);
  }
  return rows;
}

const HARMONICS = 2;
const channels = channelCount(HARMONICS);
const recurrent = { kind: "recurrent", channels, dropout: [0, 0], pooling: "last", isBidirectional: true } as const;
const SHAPES: readonly [string, NetworkShape][] = [
  ["a GRU of one direction", { ...recurrent, cell: "gru", units: [8, 4], isBidirectional: false }],
  ["a GRU of both directions", { ...recurrent, cell: "gru", units: [8, 4] }],
  ["a GRU whose states are averaged", { ...recurrent, cell: "gru", units: [4, 8], pooling: "mean" }],
  ["an LSTM of both directions", { ...recurrent, cell: "lstm", units: [8, 4] }],
  ["an LSTM whose states are averaged", { ...recurrent, cell: "lstm", units: [8], pooling: "mean" }],
  ["a transformer", { kind: "transformer", channels, width: 16, heads: 2, blocks: 2, hidden: 24, dropout: 0 }],
];

async function run(onnx: Uint8Array, rows: Float32Array) {
  const session = await InferenceSession.create(onnx, { intraOpNumThreads: 1 });
  const { value, error } = await session.run({ inputs: new Tensor("float32", rows, [rows.length / COLUMNS, COLUMNS]) });
  return { value: value!.data as Float32Array, error: error!.data as Float32Array };
}

describe.each(SHAPES)("%s, written as ONNX", (_, shape) => {
  const rows = someRows();
  const sample = curveSample(LAYOUT, rows);
  const told = channelsFor(sample, HARMONICS);
  const capacity = { sequences: 128, rows: 128 * LAYOUT.points, longest: LAYOUT.points };
  const networks = [1, 2, 3].map((seed) => buildNetwork(shape, capacity, new Random(seed)));
  const onnx = exportSequenceEnsemble({
    ...{ name: "test", layout: LAYOUT, harmonics: HARMONICS, shape, label: LABEL, calibration: CALIBRATION },
    normalisation: normalisationOf(LAYOUT, told),
    members: networks.map(snapshot),
  });

  it("gives what the training library gives, within 1e-5, and the calibrated spread of the members", async () => {
    const all = Int32Array.from({ length: STARS }, (__, star) => star);
    const outputs = networks.map((network) => predictSequences(network, sequencesOf(sample, told), all));
    const { value, error } = await run(onnx, rows);
    for (let star = 0; star < STARS; star++) {
      const members = outputs.map((output) => output[star]);
      const mean = members.reduce((sum, one) => sum! + one! / members.length, 0);
      const variance = members.reduce((sum, one) => sum! + (one! - mean!) ** 2 / members.length, 0);
      expect(Math.abs(value[star]! - (LABEL.mean + LABEL.scale * mean!))).toBeLessThan(1e-5);
      expect(Math.abs(error[star]! - Math.hypot(CALIBRATION.floor, CALIBRATION.gain * LABEL.scale * Math.sqrt(variance!)))).toBeLessThan(
        1e-5,
      );
    }
  });

  it("answers a star whatever stands beside it: a row of NaN, an absurd count", async () => {
    const odd = rows.slice(0, 3 * COLUMNS);
    odd.fill(Number.NaN, COLUMNS, 2 * COLUMNS);
    odd[2 * COLUMNS + 1] = 1e9;
    const [together, alone] = [await run(onnx, odd), await run(onnx, rows.slice(0, COLUMNS))];
    expect(together.value[0]).toBeCloseTo(alone.value[0]!, 6);
  });
});
