import { AppError } from "../../src/errors";
import type { OnnxModel } from "../onnx/onnx-model";
import { emitTogether } from "./combined-fits";
import type { Fit, FitTask, Fitter, FitWatch, GraphAnswer, GraphInputs, Target } from "./family";
import type { FitNotes, OpenFamily } from "./fit-plan";
import type { FitSample } from "./fit-sample";
import { fittingApart } from "./fits-apart";
import { gapsOf } from "./gaps";
import { inLanes } from "./in-lanes";
import { answerOutOfFold, type FoldFit, type OutOfFold } from "./out-of-fold";

/** What one family makes of one target. */
export interface CrossFit {
  /** Adds what it says to a graph, of order one, before its errors are calibrated. */
  emit(graph: OnnxModel, inputs: GraphInputs): GraphAnswer;
  readonly outOfFold: OutOfFold;
  readonly notes: FitNotes;
}

/** One target for one family. */
export interface CrossFitPlan {
  readonly open: OpenFamily;
  readonly sample: FitSample;
  readonly target: Target;
  /** rows whose label is known */
  readonly rows: Int32Array;
  readonly seed: number;
  readonly watch: FitWatch;
  /** sets of missing inputs that get a fit of their own */
  readonly apart: number;
}

/** Of more stars, one fit sees enough that lack any set of inputs: copies of them are shown to it, with inputs taken away. */
const MOST_STARS_APART = 50_000;

/** Whether each frequent set of missing inputs is to have a fit of its own. */
function isApart({ open, sample, rows, apart }: CrossFitPlan): boolean {
  const stars = rows.reduce((count, row) => count + (sample.isCopy?.[row] ? 0 : 1), 0);
  return open.family.gaps === "apart" && apart > 1 && stars <= MOST_STARS_APART;
}

const NO_ROWS = new Int32Array(0);

/** Rows that the family is shown, ascending. */
function shownRows(plan: CrossFitPlan): Int32Array {
  const { isCopy } = plan.sample;
  const withCopies = plan.open.family.gaps !== "own" && !isApart(plan);
  return isCopy === null || withCopies ? plan.rows : plan.rows.filter((row) => isCopy[row] === 0);
}

/** Shares of several things that run side by side, as one share. */
class JointProgress {
  readonly #shares: number[];

  constructor(
    parts: number,
    readonly watch: FitWatch,
  ) {
    this.#shares = new Array<number>(parts).fill(0);
  }

  part(index: number, name: string): FitWatch {
    const onProgress = (share: number, note: string) => {
      this.#shares[index] = share;
      this.watch.onProgress(this.#shares.reduce((sum, one) => sum + one, 0) / this.#shares.length, `${name}, ${note}`);
    };
    return { onProgress, interrupt: this.watch.interrupt };
  }

  end(index: number, name: string): void {
    this.part(index, name).onProgress(1, "done");
  }
}

/** A family's fits of one target, being made. */
class Fitting {
  readonly #shown: Int32Array;
  readonly #folds: readonly number[];
  readonly #progress: JointProgress;
  readonly #gaps: readonly Uint8Array[];
  readonly #fitter: Fitter<object>;
  #settings: object;

  constructor(readonly plan: CrossFitPlan) {
    const { sample, open, watch } = plan;
    this.#shown = shownRows(plan);
    this.#folds = [...new Set(this.#shown.map((row) => sample.fold[row]!))].sort((a, b) => a - b);
    if (this.#folds.length < 2)
      throw new AppError("BAD_INPUT", "Training needs stars in at least two folds: too few stars have the label. Give more stars.");
    // Beside the folds: the choice of settings, and where there is one the fit on all of them.
    this.#progress = new JointProgress(this.#folds.length + (open.family.combine === "refit" ? 2 : 1), watch);
    this.#settings = open.settings;
    this.#fitter = isApart(plan) ? fittingApart(open.fitter, plan.apart) : open.fitter;
    this.#gaps = gapsOf(sample.raw, sample.columns, plan.rows);
  }

  #task(train: Int32Array, validation: Int32Array, number: number): FitTask<object> {
    const { raw, columns, prepared, weights } = this.plan.sample;
    const seed = (this.plan.seed * 1_000_003 + number * 1009) >>> 0;
    return {
      raw,
      columns,
      prepared,
      weights,
      gaps: this.#gaps,
      target: this.plan.target,
      train,
      validation,
      settings: this.#settings,
      seed,
    };
  }

  async choose(): Promise<void> {
    const task = this.#task(this.#shown, NO_ROWS, this.plan.sample.folds + 1);
    if (this.#fitter.choose) this.#settings = await this.#fitter.choose(task, this.#progress.part(0, "settings"));
    this.#progress.end(0, "settings");
  }

  async #leaveOut(fold: number, place: number): Promise<FoldFit | null> {
    const { sample, watch } = this.plan;
    // Interrupted: one fit is still made, as a model needs one.
    if (watch.interrupt.aborted && place > 0) return null;
    const [train, validation] = [false, true].map((held) => this.#shown.filter((row) => (sample.fold[row] === fold) === held));
    const name = `fold ${place + 1} of ${this.#folds.length}`;
    const fit = await this.#fitter.fit(this.#task(train!, validation!, fold), this.#progress.part(place + 1, name));
    this.#progress.end(place + 1, name);
    return { fold, fit };
  }

  async leaveOutEach(): Promise<FoldFit[]> {
    const fits = await inLanes([...this.#folds.entries()], this.#fitter.parallel, ([place, fold]) => this.#leaveOut(fold, place));
    return fits.filter((fit) => fit !== null);
  }

  /** The fits that the model is made of. */
  async model(fits: readonly FoldFit[]): Promise<Fit[]> {
    const { open, sample } = this.plan;
    if (open.family.combine !== "refit") return fits.map(({ fit }) => fit);
    const place = this.#folds.length + 1;
    const fit = await this.#fitter.fit(this.#task(this.#shown, NO_ROWS, sample.folds), this.#progress.part(place, "all folds"));
    this.#progress.end(place, "all folds");
    return [fit];
  }
}

/** Numbers are averaged over the fits, words are listed. */
function jointNotes(fits: readonly Fit[]): FitNotes {
  const names = [...new Set(fits.flatMap(({ notes }) => Object.keys(notes)))];
  const joint = names.map((name) => {
    const values = fits.flatMap(({ notes }) => (name in notes ? [notes[name]!] : []));
    const numbers = values.filter((value) => typeof value === "number");
    if (numbers.length === values.length) return [name, numbers.reduce((sum, value) => sum + value, 0) / numbers.length] as const;
    return [name, [...new Set(values)].join(", ")] as const;
  });
  return { fits: fits.length, ...Object.fromEntries(joint) };
}

/**
 * Fits one target by one family: fits that each leave one fold out, several at once; what they say of the rows that
 * they had no part in, by the graphs that they write; and the model that is made of them.
 *
 * The same seed gives the same answers, however many fits run at once.
 *
 * @throws AppError BAD_INPUT where the rows lie in fewer than two folds
 */
export async function crossFit(plan: CrossFitPlan): Promise<CrossFit> {
  const { family } = plan.open;
  const fitting = new Fitting(plan);
  await fitting.choose();
  const fits = await fitting.leaveOutEach();
  const outOfFold = await answerOutOfFold(plan.sample, fits, plan.rows, family, plan.target.kind);
  const model = await fitting.model(fits);
  return {
    emit: (graph, inputs) => emitTogether(graph, inputs, model, family.combine),
    outOfFold,
    notes: jointNotes(model),
  };
}
