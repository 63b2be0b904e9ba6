import * as tf from "@tensorflow/tfjs";
import { Random } from "../src/science/random";
import { median } from "../src/science/statistics";
import type { CellName } from "../training/families/sequences/recurrent/cell";
import { RecurrentNetwork } from "../training/families/sequences/recurrent/recurrent-network";
import { openBackend } from "../training/tensorflow/ladder";

/** A light curve resampled as for the published networks: 264 points of (phase x period, magnitude). */
export const RESAMPLED_POINTS = 264;
const CHANNELS = 2;
const UNITS = [20, 16];
const BATCH = 32;
const BATCHES = 12;

/** [stars/s] needed for a recipe to train within five minutes on two cores. */
export const RECURRENT_TARGET = 900;

export interface RecurrentResult {
  /** per light curve */
  readonly points: number;
  readonly cell: CellName;
  readonly starsPerSecond: number;
  /** the same layers in TensorFlow.js; null if not requested */
  readonly tfjsStarsPerSecond: number | null;
}

const normals = (length: number, random: Random) => Float32Array.from({ length }, () => random.normal());

/** @returns the median over batches of forward, backward and gradients [stars/s] */
function measureKernels(cell: CellName, points: number): number {
  const random = new Random(1);
  const shape = {
    kind: "recurrent",
    cell,
    channels: CHANNELS,
    units: UNITS,
    isBidirectional: false,
    pooling: "last",
    dropout: [0.2, 0.2],
  } as const;
  const network = new RecurrentNetwork(shape, { sequences: BATCH, rows: BATCH * points, longest: points }, random);
  const values = normals(BATCH * points * CHANNELS, random);
  const starts = Int32Array.from({ length: BATCH + 1 }, (_, index) => index * points);
  const chosen = Int32Array.from({ length: BATCH }, (_, index) => index);
  const rates: number[] = [];
  for (let batch = 0; batch < BATCHES; batch++) {
    const start = performance.now();
    const outputs = network.forward({ values, channels: CHANNELS, starts }, chosen, random);
    network.backward(outputs);
    rates.push((1000 * BATCH) / (performance.now() - start));
  }
  return Math.round(median(rates.slice(2)));
}

/** One batch in TensorFlow.js, which dispatches the operations of every time step one by one. */
async function measureTfjs(cell: CellName, points: number): Promise<number> {
  await openBackend("wasm");
  const make = cell === "gru" ? tf.layers.gru : tf.layers.lstm;
  const settings = (units: number, returnSequences: boolean) =>
    ({ units, returnSequences, recurrentActivation: "sigmoid" }) as Parameters<typeof tf.layers.lstm>[0];
  const model = tf.sequential();
  model.add(make({ ...settings(UNITS[0]!, true), batchInputShape: [null, points, CHANNELS] }));
  model.add(make(settings(UNITS[1]!, false)));
  model.add(tf.layers.dense({ units: 1 }));
  model.compile({ optimizer: "adam", loss: "meanSquaredError" });
  const [x, y] = [tf.randomNormal([BATCH, points, CHANNELS]), tf.randomNormal([BATCH, 1])];
  const start = performance.now();
  await model.trainOnBatch(x, y);
  return Number(((1000 * BATCH) / (performance.now() - start)).toPrecision(3));
}

/**
 * @param points per light curve
 * @param withTfjs also measures TensorFlow.js on its current backend, which takes about a minute
 */
export async function measureRecurrent(points: number, withTfjs: boolean): Promise<RecurrentResult[]> {
  const results: RecurrentResult[] = [];
  for (const cell of ["gru", "lstm"] as const) {
    const tfjsStarsPerSecond = withTfjs ? await measureTfjs(cell, points) : null;
    results.push({ cell, points, starsPerSecond: measureKernels(cell, points), tfjsStarsPerSecond });
  }
  return results;
}

export function describeRecurrent(results: readonly RecurrentResult[]): string {
  const lines = results.map(({ cell, starsPerSecond, tfjsStarsPerSecond }) => {
    const beside = tfjsStarsPerSecond === null ? "" : `  by TensorFlow.js: ${tfjsStarsPerSecond}`;
    return `${cell.padEnd(18)} ${`${starsPerSecond.toLocaleString("en")} stars/s`.padStart(16)}${beside}`;
  });
  const units = UNITS.join(" and ");
  return [`Training of recurrent networks, ${results[0]?.points} points, ${units} units, batch ${BATCH}, one thread:`, ...lines].join("\n");
}
