import { randomFor, shuffle } from "../../fit/draws";
import type { FitTask } from "../../fit/family";
import { gapsToLearn, sometimesMissing } from "../../fit/gap-choice";
import { minimise } from "../../fit/lbfgs";
import { evidence, type KernelSample, typicalLength } from "./evidence";
import { labelsOf } from "./gp-labels";
import type { GpChoices, GpKernel, GpSettings } from "./gp-settings";

type OnStep = (step: number, loss: number) => boolean;

/** Variances to begin with, of order one. */
const [AMPLITUDE, NOISE] = [2, 0.1];

/** The prepared inputs that are looked at where those of a gap are missing: the other values, and flags of some of them. */
function lookedAt({ prepared, columns, train }: FitTask<GpChoices>, gap: Uint8Array): number[] {
  const others = Array.from(gap.keys()).filter((column) => gap[column] === 0);
  const sometimes = sometimesMissing(prepared, columns, train);
  const flags = others.filter((column) => sometimes[column]).map((column) => columns + column);
  return [...others, ...flags];
}

function sampleOf(task: FitTask<GpChoices>, rows: Int32Array, looked: readonly number[]): KernelSample {
  const { prepared, columns } = task;
  const inputs = new Float64Array(rows.length * looked.length);
  rows.forEach((row, star) => {
    looked.forEach((column, d) => {
      inputs[star * looked.length + d] = prepared[2 * columns * row + column]!;
    });
  });
  return { inputs, columns: looked.length, labels: labelsOf(task, rows) };
}

/** Begins with the lengths of the kernel of all inputs, where there is one. */
function startOf(looked: readonly number[], from: GpKernel | undefined): Float64Array {
  const typical = typicalLength(Math.max(1, looked.length));
  const lengths = looked.map((column) => {
    const metric = from?.metric[column] ?? 0;
    return metric > 0 ? -0.5 * Math.log(metric) : Math.log(typical);
  });
  return Float64Array.of(...lengths, Math.log(from?.amplitude ?? AMPLITUDE), Math.log(2 * (from?.noise ?? NOISE / 2)));
}

/**
 * Finds a kernel for each of the gaps, by the evidence of some stars. An interrupt leaves the other gaps with the
 * lengths of the first.
 */
export function chooseGp(task: FitTask<GpSettings>, onStep: OnStep): GpSettings {
  const { settings, columns } = task;
  const rows = shuffle(Int32Array.from(task.train), randomFor("shuffle", task.seed)).subarray(0, settings.kernelStars);
  const kernels: GpKernel[] = [];
  let done = 0;
  let stopped = false;
  for (const gap of gapsToLearn(task.gaps, columns, settings.gaps)) {
    const looked = lookedAt(task, gap);
    const start = startOf(looked, kernels[0]);
    // With a kernel to begin with, fewer stars and steps will do.
    const sample = sampleOf(task, kernels.length === 0 ? rows : rows.subarray(0, Math.ceil(0.7 * rows.length)), looked);
    const steps = kernels.length === 0 ? settings.kernelSteps : Math.ceil(0.6 * settings.kernelSteps);
    const isEnough = (value: number) => {
      stopped = onStep(++done, value);
      return stopped;
    };
    const point = stopped ? start : minimise((at) => evidence(sample, at), start, steps, isEnough);
    const metric = new Float64Array(2 * columns);
    looked.forEach((column, d) => {
      metric[column] = Math.exp(-2 * point[d]!);
    });
    kernels.push({ gap, metric, amplitude: Math.exp(point[looked.length]!), noise: Math.exp(point[looked.length + 1]!) });
  }
  return { ...settings, chosen: { isExact: task.train.length <= settings.stars, kernels } };
}
