import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { setImmediate as nextTurn } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import type { FeatureSet, StellarRow } from "../src/features/feature-set";
import { valuesOf } from "../src/modalities/values/values";
import { Predictor } from "../src/models/predictor";
import type { Manifest } from "../src/models/registry/manifest";
import type { ModelVersion, Registry } from "../src/models/registry/registry";
import { Random } from "../src/science/random";
import { exportMlpEnsemble } from "../training/families/mlp/mlp-ensemble";
import type { DenseLayer } from "../training/families/mlp/mlp-weights";
import { type LightCurveFigure, measureLightCurves } from "./inference-light-curves";

/**
 * Stars/s of on-demand prediction by batch size, and the delay of the event loop meanwhile: the whole path of GraphQL's
 * `predict` (features, batcher, worker, flags) with a 54-5x256-1 network for one label (27 inputs and their NaN flags). Two
 * requests of one batch each are always in progress, as on a busy server.
 *
 * The control measures the machine itself: a thread that spins next to an event loop with turns of 0.2 ms, without any
 * prediction. If other work shares the cores, its delays show how much of the other delays is due to that work.
 *
 * `--model NAME --data FOLDER` measures registered models of light curves instead, on a folder of them.
 */
const { values: options } = parseArgs({
  options: {
    seconds: { type: "string", default: "3" },
    model: { type: "string", multiple: true, default: [] },
    data: { type: "string", default: "../shared/data/rr-lyrae-gaia-g" },
    json: { type: "boolean", default: false },
  },
});

const BATCH_SIZES = [1, 4, 16, 64, 256, 1024, 4096];
const SECONDS = Number(options.seconds);
const INPUTS = 27;
const WIDTH = 256;
const HIDDEN = 5;

const inputs = Array.from({ length: INPUTS }, (_, index) => ({ name: `x${index}`, unit: "mag", description: "benchmark" }));
const FEATURES: FeatureSet = {
  name: "benchmark",
  inputs,
  columns: ["photGMeanMag", "parallax"],
  // As expensive as the Survey-of-Surveys features: a logarithm in every other input.
  compute: ({ photGMeanMag, parallax }) =>
    Float64Array.from(
      inputs,
      (_, index) => (photGMeanMag ?? Number.NaN) + (index % 2 ? 5 * Math.log10(parallax ?? Number.NaN) : index / 10),
    ),
};

/** Small random weights: the speed does not depend on them. */
function dense(from: number, to: number, activation: DenseLayer["activation"], seed: number): DenseLayer {
  const random = new Random(seed);
  const next = () => random.between(-1, 1) / Math.sqrt(from);
  return {
    kind: "dense",
    kernel: Float32Array.from({ length: from * to }, next),
    bias: Float32Array.from({ length: to }, next),
    activation,
  };
}

function network(): Uint8Array {
  const widths = [2 * INPUTS, ...new Array<number>(HIDDEN).fill(WIDTH)];
  const hidden = widths.slice(1).map((to, index) => dense(widths[index]!, to, "relu", index + 1));
  const ones = inputs.map(() => 1);
  return exportMlpEnsemble({
    name: "benchmark",
    normalisation: { mean: ones.map(() => 15), scale: ones, reach: 10 },
    labels: [
      { name: "teff", mean: 5000, scale: 500, calibration: { floor: 50, gain: 1 }, members: [[...hidden, dense(WIDTH, 1, "linear", 99)]] },
    ],
  });
}

const manifest = {
  featureSet: { name: "benchmark", inputs },
  limits: inputs.map((_, index) => [index / 10, 25] as const),
  modality: "values",
  outputs: [{ kind: "quantity", name: "teff", unit: "K", limits: [3000, 8000] }],
} as unknown as Manifest;
const VERSION = { id: 1, model: "benchmark", version: 1, manifest } as ModelVersion;

interface Figure {
  readonly batch: number;
  readonly starsPerSecond: number;
  /** [ms] delay of the event loop while predicting */
  readonly delayP50Ms: number;
  readonly delayP99Ms: number;
}

/** Repeats `turn` and measures the delay of the event loop meanwhile. @param turn returns the number of stars it predicted */
async function watch(batch: number, turns: readonly (() => Promise<number>)[]): Promise<Figure> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const started = performance.now();
  const end = started + SECONDS * 1000;
  let stars = 0;
  const repeat = async (turn: () => Promise<number>) => {
    while (performance.now() < end) stars += await turn();
  };
  await Promise.all(turns.map(repeat));
  delay.disable();
  // The histogram contains whole intervals between ticks, so subtract the resolution of 1 ms.
  const over = (percentile: number) => Math.max(0, delay.percentile(percentile) / 1e6 - 1);
  return { batch, starsPerSecond: (1000 * stars) / (performance.now() - started), delayP50Ms: over(50), delayP99Ms: over(99) };
}

async function measure(predictor: Predictor, batch: number): Promise<Figure> {
  const rows: StellarRow[] = Array.from({ length: batch }, (_, star) => ({
    photGMeanMag: 10 + (star % 80) / 10,
    parallax: 1 + (star % 7),
  }));
  const client = async () => (await predictor.predict(VERSION, rows)).length;
  for (let warmUp = 0; warmUp < 20; warmUp++) await client();
  return watch(batch, [client, client]);
}

async function control(): Promise<Figure> {
  const spinning = new Worker("for (;;);", { eval: true });
  const turn = async () => {
    const end = performance.now() + 0.2;
    while (performance.now() < end);
    await nextTurn();
    return 0;
  };
  const figure = await watch(0, [turn]);
  await spinning.terminate();
  return figure;
}

function printTable(machine: Figure, figures: readonly Figure[]): void {
  const ms = ({ delayP50Ms, delayP99Ms }: Figure) => `${delayP50Ms.toFixed(2).padStart(22)} ${delayP99Ms.toFixed(2).padStart(6)}`;
  const lines = figures.map((one) => `${String(one.batch).padStart(7)} ${one.starsPerSecond.toFixed(0).padStart(10)} ${ms(one)}`);
  const head = `54-${HIDDEN}x${WIDTH}-1, one inference thread\n  batch    stars/s   event-loop delay p50   p99 [ms]`;
  process.stdout.write(`${[head, ...lines, `control          - ${ms(machine)}`].join("\n")}\n`);
}

function printLightCurves({ model, stars, starsPerSecond, starsPerProcessorSecond }: LightCurveFigure): void {
  const [clock, processor] = [starsPerSecond, starsPerProcessorSecond].map((rate) => rate.toFixed(0));
  process.stdout.write(`${model}: ${clock} stars/s, ${processor} a second of processor time (${stars} light curves, features included)\n`);
}

async function benchLightCurves(): Promise<void> {
  const figures: LightCurveFigure[] = [];
  for (const model of options.model) {
    const figure = await measureLightCurves(model, options.data);
    figures.push(figure);
    if (!options.json) printLightCurves(figure);
  }
  if (options.json) process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
}

async function benchNetwork(): Promise<void> {
  const onnx = network();
  const registry = { load: async () => ({ manifest, onnx }) } as unknown as Registry;
  const figures: Figure[] = [];
  for (const batch of BATCH_SIZES) {
    // No window: the two clients send batches of exactly this size.
    const predictor = new Predictor(registry, [valuesOf([FEATURES])], { batchSize: batch, batchWindowMs: 0, queueLimit: 100_000 });
    figures.push(await measure(predictor, batch));
    await predictor.close();
  }
  const machine = await control();
  if (!options.json) return printTable(machine, figures);
  process.stdout.write(`${JSON.stringify({ network: `54-${HIDDEN}x${WIDTH}-1`, figures, control: machine }, null, 2)}\n`);
}

void (options.model.length > 0 ? benchLightCurves() : benchNetwork());
