import { cpus } from "node:os";
import { parseArgs } from "node:util";
import * as tf from "@tensorflow/tfjs";
import { setThreadsCount } from "@tensorflow/tfjs-backend-wasm";
import { Random } from "../src/science/random";
import { median } from "../src/science/statistics";
import { fitNetwork } from "../training/families/mlp/fit-network";
import type { FitSettings } from "../training/families/mlp/fit-task";
import { BACKEND_NAMES, type BackendName } from "../training/tensorflow/backend";
import { openBackend } from "../training/tensorflow/ladder";
import { describeRecurrent, measureRecurrent, RECURRENT_TARGET, RESAMPLED_POINTS } from "./train-recurrent";

/** The Survey of Surveys' inputs, 27 values and 27 NaN flags; 5 layers of 256 units; one label. */
const INPUTS = 54;
const SETTINGS: FitSettings = {
  width: 256,
  depth: 5,
  activation: "relu",
  dropout: 0.02,
  loss: "mse",
  batchSize: 1024,
  epochs: 6,
  patience: 1000,
  learningRate: 1e-3,
  weightDecay: 0.01,
  averaging: 0.99,
};

/** The plain JavaScript backend is about fifty times slower: one batch per epoch is enough. */
const STARS: Readonly<Record<BackendName, number>> = { "tensorflow-gpu": 65_536, tensorflow: 8192, webgpu: 8192, wasm: 8192, cpu: 1024 };

interface Result {
  readonly backend: string;
  readonly starsPerSecond: number | null;
  readonly note: string;
}

/** @returns [stars/s] median over the epochs, without the first one, which warms up */
async function measure(stars: number): Promise<number> {
  const random = new Random(1);
  const inputs = Float32Array.from({ length: stars * INPUTS }, () => random.normal());
  const label = Float32Array.from({ length: stars }, (_, star) => inputs[star * INPUTS]!);
  const train = Int32Array.from(label.keys());
  const rates: number[] = [];
  let last = performance.now();
  await fitNetwork({ inputs, columns: INPUTS, label, train, validation: train.subarray(0, 64), settings: SETTINGS, seed: 1 }, () => {
    const now = performance.now();
    rates.push((1000 * stars) / (now - last));
    last = now;
    return false;
  });
  return Math.round(median(rates.slice(1)));
}

/** The wasm backend without asterism's gradient kernels. */
async function measureWasmAsShipped(): Promise<Result> {
  tf.enableProdMode();
  setThreadsCount(1);
  await tf.setBackend("wasm");
  return { backend: "wasm, as shipped", starsPerSecond: await measure(2048), note: "without asterism's gradient kernels" };
}

async function measureRung(name: BackendName): Promise<Result> {
  try {
    const { libraries } = await openBackend(name);
    const note = Object.entries(libraries).map(([library, version]) => `${library} ${version}`);
    return { backend: name, starsPerSecond: await measure(STARS[name]), note: note.join(", ") };
  } catch (error) {
    return { backend: name, starsPerSecond: null, note: (error as Error).message };
  }
}

async function measureDense(): Promise<Result[]> {
  const results = [await measureWasmAsShipped()];
  for (const name of BACKEND_NAMES) results.push(await measureRung(name));
  return results;
}

function describeDense(results: readonly Result[]): string {
  const lines = results.map(({ backend, starsPerSecond, note }) => {
    const rate = starsPerSecond === null ? "not available" : `${starsPerSecond.toLocaleString("en")} stars/s`;
    return `${backend.padEnd(18)} ${rate.padStart(16)}  ${note}`;
  });
  return [`Training of the 54-5x256-1 network, batch ${SETTINGS.batchSize}, one fit on ${cpus()[0]?.model}:`, ...lines].join("\n");
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: "boolean" },
      recurrent: { type: "boolean" },
      points: { type: "string", default: String(RESAMPLED_POINTS) },
      tfjs: { type: "boolean" },
    },
  });
  const recurrent = await measureRecurrent(Number(values.points), values.tfjs ?? false);
  const dense = values.recurrent ? [] : await measureDense();
  if (values.json) {
    console.log(
      JSON.stringify({ network: "54-5x256-1", batch: SETTINGS.batchSize, cpu: cpus()[0]?.model, results: dense, recurrent }, null, 2),
    );
  } else {
    if (dense.length) console.log(`${describeDense(dense)}\n`);
    console.log(describeRecurrent(recurrent));
  }
  const slow = recurrent.filter(({ starsPerSecond }) => starsPerSecond < RECURRENT_TARGET);
  for (const { cell } of slow) console.error(`The ${cell} network trains below ${RECURRENT_TARGET} stars/s.`);
  if (slow.length) process.exitCode = 1;
}

void main();
