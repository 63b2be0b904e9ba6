import { mean, rootMeanSquare, standardDeviation } from "../../../src/science/statistics";
import { gatherRows } from "../../datasets/gather-rows";
import type { Split } from "../../datasets/split";
import { calibrate } from "../../fit/calibration";
import type { Calibration, LabelScale } from "../../fit/scales";
import { applyLayers } from "./apply-layers";
import type { FitPool } from "./fit-pool";
import type { FitResult, FitSettings } from "./fit-task";
import type { MlpActivation } from "./mlp";
import type { MlpWeights } from "./mlp-weights";

/** What to fit: one network a label and member. */
export interface EnsemblePlan {
  /** [rows, columns] normalised values and NaN flags */
  readonly inputs: Float32Array;
  readonly columns: number;
  readonly labelNames: readonly string[];
  /** one array [rows] a label; NaN where unknown */
  readonly references: readonly Float64Array[];
  readonly split: Split;
  readonly members: number;
  /** the members take turns: networks of different kinds err less alike */
  readonly activations: readonly MlpActivation[];
  readonly settings: Omit<FitSettings, "activation">;
  readonly seed: number;
}

/** One label's networks, as the artifact takes them. */
export interface FittedLabel extends LabelScale {
  readonly members: readonly MlpWeights[];
  readonly calibration: Calibration;
}

/** @param done epochs, of all the networks' together */
export type OnEnsembleProgress = (done: number, total: number, note: string) => void;

/** Rows of the training part that have the label. */
function rowsWith(reference: Float64Array, { training }: Split): Int32Array {
  return training.filter((row) => !Number.isNaN(reference[row]));
}

/** Mean and scatter of a label, so that it is of order one to what learns it. */
export function scaleOf(name: string, reference: Float64Array, rows: Int32Array): LabelScale {
  const values = Float64Array.from(rows, (row) => reference[row]!);
  return { name, mean: Math.fround(mean(values)), scale: Math.fround(standardDeviation(values) || 1) };
}

/** Mean and spread of the members' predictions, in the label's unit. */
export interface EnsemblePrediction {
  readonly value: Float64Array;
  /** standard deviation of the predictive mixture, before calibration */
  readonly spread: Float64Array;
}

/** @param outputs one array a member: [rows] values, or [rows, 2] values and log variances, of order one */
export function combine(outputs: readonly Float32Array[], rows: number, { mean: centre, scale }: LabelScale): EnsemblePrediction {
  const stride = outputs[0]!.length / rows;
  const value = new Float64Array(rows);
  const spread = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const values = outputs.map((output) => output[row * stride]!);
    const own = stride === 2 ? mean(outputs.map((output) => Math.exp(output[row * 2 + 1]!))) : 0;
    value[row] = centre + scale * mean(values);
    spread[row] = scale * Math.sqrt(standardDeviation(values) ** 2 + own);
  }
  return { value, spread };
}

/** Held-out stars that a calibration needs at most: its error is then below 1%. */
const MOST_HELD_OUT = 20_000;

/**
 * A member misses a star by more than the ensemble does: by its own scatter about the ensemble.
 *
 * @returns by how much the ensemble's residuals are smaller than a member's
 */
function shrinkage(residuals: Float64Array, spreads: Float64Array): number {
  return Math.sqrt(Math.max(0, 1 - (rootMeanSquare(spreads) / rootMeanSquare(residuals)) ** 2));
}

/** The member that did not fit on a row's fold tells how far such a row is missed; all together, how much they differ. */
async function calibrateLabel(
  plan: EnsemblePlan,
  members: readonly MlpWeights[],
  reference: Float64Array,
  scale: LabelScale,
): Promise<Calibration> {
  const { split, inputs, columns } = plan;
  const heldOut = rowsWith(reference, split).filter((row) => split.fold[row]! < members.length);
  const step = Math.ceil(heldOut.length / MOST_HELD_OUT);
  const rows = heldOut.filter((_, index) => index % step === 0);
  const gathered = gatherRows(inputs, columns, rows);
  const outputs = await Promise.all(members.map((member) => applyLayers(member, gathered, columns)));
  const stride = outputs[0]!.length / rows.length;
  const { spread } = combine(outputs, rows.length, scale);
  const residuals = Float64Array.from(
    rows,
    (row, at) => scale.mean + scale.scale * outputs[split.fold[row]!]![at * stride]! - reference[row]!,
  );
  // A network that states a variance of its own has it in the spread: that is no scatter about the ensemble.
  const factor = stride === 1 ? shrinkage(residuals, spread) : 1;
  return calibrate({ residuals: residuals.map((residual) => factor * residual), spreads: spread });
}

/** An ensemble being fitted: keeps what is finished, so that an interrupt loses nothing of it. */
class EnsembleFit {
  readonly #fitted: (FitResult | null)[][];
  readonly #scales: readonly LabelScale[];
  #done = 0;
  #stopped = false;

  constructor(
    readonly plan: EnsemblePlan,
    readonly pool: FitPool,
    readonly onProgress: OnEnsembleProgress,
  ) {
    const { references, labelNames, split, members } = plan;
    this.#scales = references.map((reference, label) => scaleOf(labelNames[label]!, reference, rowsWith(reference, split)));
    this.#fitted = references.map(() => new Array<FitResult | null>(members).fill(null));
  }

  stop(): void {
    this.#stopped = true;
    this.pool.stop();
  }

  async #fitOne(label: number, member: number): Promise<void> {
    const { plan } = this;
    // Interrupted: the first member of each label still gets an epoch, as a model needs all its labels.
    if (this.#stopped && member > 0) return;
    const { settings, activations, split, seed, references } = plan;
    const rows = rowsWith(references[label]!, split);
    const scale = this.#scales[label];
    const total = plan.members * references.length * settings.epochs;
    let epochs = 0;
    const result = await this.pool.fit(
      {
        inputs: plan.inputs,
        columns: plan.columns,
        label: Float32Array.from(references[label]!, (value) => (value - scale!.mean) / scale!.scale),
        train: rows.filter((row) => split.fold[row] !== member % split.folds),
        validation: rows.filter((row) => split.fold[row] === member % split.folds),
        settings: { ...settings, activation: activations[member % activations.length]! },
        seed: (seed * 1_000_003 + member * 1009 + label) >>> 0,
      },
      (epoch, loss) => {
        this.onProgress(++this.#done, total, `${scale!.name} ${member + 1}/${plan.members}, epoch ${epoch}, loss ${loss.toFixed(4)}`);
        epochs = epoch;
      },
    );
    this.#done += settings.epochs - epochs; // an early stop leaves nothing to wait for
    this.#fitted[label]![member] = result;
  }

  async run(): Promise<void> {
    const { members, references } = this.plan;
    const tasks = Array.from({ length: members * references.length }, (_, index) => index);
    // By member, so that an interrupt leaves whole members.
    await inTurn(tasks, this.pool.size, (index) => this.#fitOne(index % references.length, Math.floor(index / references.length)));
  }

  /** The members that every label has. */
  async finish(): Promise<FittedLabel[]> {
    const { plan } = this;
    const whole = Array.from({ length: plan.members }, (_, member) => member).filter((member) =>
      this.#fitted.every((label) => label[member]),
    );
    const labels: FittedLabel[] = [];
    for (const [index, scale] of this.#scales.entries()) {
      const members = whole.map((member) => this.#fitted[index]![member]!.weights);
      labels.push({ ...scale, members, calibration: await calibrateLabel(plan, members, plan.references[index]!, scale) });
    }
    return labels;
  }
}

/** Runs the tasks in order, at most `width` at once. */
async function inTurn(tasks: readonly number[], width: number, run: (task: number) => Promise<void>): Promise<void> {
  const queue = tasks.values();
  const lane = async () => {
    for (const task of queue) await run(task);
  };
  await Promise.all(Array.from({ length: width }, lane));
}

/**
 * Fits an ensemble for each label. Each member stops early by a fold of its own and fits on the other folds.
 *
 * @param interrupt when it fires, what is fitted so far is finished and returned
 */
export async function fitEnsemble(
  plan: EnsemblePlan,
  pool: FitPool,
  onProgress: OnEnsembleProgress,
  interrupt: AbortSignal,
): Promise<FittedLabel[]> {
  const fit = new EnsembleFit(plan, pool, onProgress);
  const stop = () => fit.stop();
  if (interrupt.aborted) stop();
  interrupt.addEventListener("abort", stop, { once: true });
  try {
    await fit.run();
  } finally {
    interrupt.removeEventListener("abort", stop);
  }
  return fit.finish();
}
