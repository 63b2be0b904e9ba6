import { setImmediate as nextTurn } from "node:timers/promises";
import { ONE_SIGMA, quantile, rootMeanSquare } from "../../../src/science/statistics";
import { gatherRows } from "../../datasets/gather-rows";
import type { LabelScale } from "../../fit/scales";
import type { SvrLabel, SvrWeights } from "./export-svr";
import { fitSvr, predictSvr, type SvrSample, type SvrSettings } from "./svr";

/** What is tried, from smooth and forgiving to sharp and strict. */
const GAMMAS = [0.003, 0.01, 0.03];
const COSTS = [1, 10, 100];

/** Half width of the tube, about a third of the error that photometry leaves: narrower ones keep more support vectors for nothing. */
const EPSILON = 0.1;

const GRID: readonly SvrSettings[] = GAMMAS.flatMap((gamma) => COSTS.map((cost) => ({ gamma, cost, epsilon: EPSILON })));

/** Fits that one label takes: the grid, and the last one on all its stars. */
export const FITS_A_LABEL = GRID.length + 1;

/** Nine fits on so many stars take some ten seconds; on 3,000 each alone takes as long. */
const SEARCH_STARS = 1000;

/** One label to fit: all the stars' inputs, and which stars to use how. */
export interface SvrTask {
  /** [stars, columns] of order one: values and NaN flags */
  readonly inputs: Float32Array;
  readonly columns: number;
  /** [stars] in the label's unit; only those of the two lists are read */
  readonly reference: Float64Array;
  readonly scale: LabelScale;
  /** in random order */
  readonly train: Int32Array;
  /** choose the settings and calibrate the error */
  readonly validation: Int32Array;
}

export interface SvrFit {
  readonly label: SvrLabel;
  readonly settings: SvrSettings;
  /** in the label's unit */
  readonly validationRmse: number;
}

/** @returns the stars as a sample of order one */
function sampleOf({ inputs, columns, reference, scale }: SvrTask, stars: Int32Array): SvrSample {
  const taken = Float64Array.from(gatherRows(inputs, columns, stars));
  return { inputs: taken, columns, label: Float64Array.from(stars, (star) => (reference[star]! - scale.mean) / scale.scale) };
}

/** @returns predicted - label, of order one */
function errors(weights: SvrWeights, sample: SvrSample): Float64Array {
  return predictSvr(weights, sample).map((value, star) => value - sample.label[star]!);
}

/** Tries the grid on a part of the stars. An interrupt ends the search after the trial at hand. */
async function search(task: SvrTask, onFit: (note: string) => void, interrupt: AbortSignal): Promise<SvrSettings> {
  const train = sampleOf(task, task.train.subarray(0, SEARCH_STARS));
  const validation = sampleOf(task, task.validation.subarray(0, SEARCH_STARS));
  let best = { settings: GRID[0]!, rmse: Number.POSITIVE_INFINITY };
  for (const settings of GRID) {
    if (interrupt.aborted && Number.isFinite(best.rmse)) break;
    const rmse = rootMeanSquare(errors(fitSvr(train, settings), validation));
    if (rmse < best.rmse) best = { settings, rmse };
    onFit(`${task.scale.name}, gamma ${settings.gamma}, cost ${settings.cost}: RMSE ${rmse.toFixed(3)} of the scatter`);
    await nextTurn(); // libsvm blocks the thread: signals and the progress bar get their turn here
  }
  return best.settings;
}

/**
 * Chooses a label's settings by the validation stars, fits with them on all the others, and takes as the stated
 * error what covers 68% of the validation stars.
 *
 * @param onFit called after each of FITS_A_LABEL fits
 * @param interrupt when it fires, the best settings so far are used, on few stars
 */
export async function fitSvrLabel(task: SvrTask, onFit: (note: string) => void, interrupt: AbortSignal): Promise<SvrFit> {
  const settings = await search(task, onFit, interrupt);
  const train = interrupt.aborted ? task.train.subarray(0, SEARCH_STARS) : task.train;
  const weights = fitSvr(sampleOf(task, train), settings);
  const validation = errors(weights, sampleOf(task, task.validation));
  const { scale } = task.scale;
  const validationRmse = scale * rootMeanSquare(validation);
  onFit(`${task.scale.name}: ${weights.coefficients.length} support vectors`);
  await nextTurn();
  return { label: { ...task.scale, weights, error: scale * quantile(validation.map(Math.abs), ONE_SIGMA) }, settings, validationRmse };
}
