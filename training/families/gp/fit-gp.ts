import { gatherRows } from "../../datasets/gather-rows";
import { randomFor, shuffle } from "../../fit/draws";
import type { FitTask } from "../../fit/family";
import { chooseGp } from "./choose-gp";
import { labelsOf } from "./gp-labels";
import type { GpSettings } from "./gp-settings";
import { type Points, type SolvedKernel, solveByFew, solveExactly } from "./solve-gp";

type OnStep = (step: number, loss: number) => boolean;

/** A Gaussian process as plain numbers. */
export interface GpFit {
  /** [points, 2 columns] prepared inputs of the stars that are kept */
  readonly points: Points;
  /** one a gap; the first is the one in which least is missing */
  readonly kernels: readonly SolvedKernel[];
  readonly isQuantity: boolean;
}

/** Of an interrupted training: fewer stars take a moment. */
const FEW_STARS = 500;

/** Solves for each gap, with the kernels that were chosen. */
export function fitGp(task: FitTask<GpSettings>, onStep: OnStep): GpFit {
  const { prepared, columns, settings, target } = task;
  const { kernels, isExact } = settings.chosen ?? chooseGp(task, () => false).chosen!;
  const all = shuffle(Int32Array.from(task.train), randomFor("shuffle", task.seed));
  const pointsOf = (rows: Int32Array): Points => ({
    inputs: Float64Array.from(gatherRows(prepared, 2 * columns, rows)),
    columns: 2 * columns,
  });
  const rows = onStep(0, 0) ? all.subarray(0, FEW_STARS) : all;
  const [stars, labels] = [pointsOf(rows), labelsOf(task, rows)];
  const points = isExact ? stars : pointsOf(rows.subarray(0, settings.inducing));
  let noisier: Float64Array | undefined;
  const solved = kernels.map((kernel, index) => {
    onStep(index + 1, kernel.noise);
    if (!isExact) return solveByFew(points, stars, labels, kernel);
    const exact = solveExactly(points, labels, kernel, noisier);
    noisier = exact.noisier;
    return exact.solved;
  });
  return { points, kernels: solved, isQuantity: target.kind === "quantity" };
}
