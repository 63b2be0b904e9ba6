import { rootMeanSquare } from "../../../src/science/statistics";
import { gatherRows } from "../../datasets/gather-rows";
import { randomFor, shuffle } from "../../fit/draws";
import type { FitTask } from "../../fit/family";
import { fitSvr, predictSvr, type SvrSample, type SvrWeights } from "./svr";
import { COSTS, GAMMAS, type SvrChoices } from "./svr-choices";

type OnStep = (step: number, loss: number) => boolean;

/** Nine fits on so many stars take some ten seconds. */
const SEARCH_STARS = 700;
const SEARCH_VALIDATION = 500;
const STANDARD = { gamma: GAMMAS[1]!, cost: COSTS[1]! };

/** What each regression learns: the quantity, or for each class 1 where a star is of it and -1 where it is not. */
function labelsOf({ target }: FitTask<SvrChoices>): ((row: number) => number)[] {
  if (target.kind === "quantity") return [(row) => target.values[row]!];
  return Array.from({ length: target.classes }, (_, index) => (row: number) => (target.values[row] === index ? 1 : -1));
}

function sampleOf({ prepared, columns }: FitTask<SvrChoices>, rows: Int32Array, label: (row: number) => number): SvrSample {
  return {
    inputs: Float64Array.from(gatherRows(prepared, 2 * columns, rows)),
    columns: 2 * columns,
    label: Float64Array.from(rows, label),
  };
}

/** Fits and choices of a target, at most. */
export const stepsOf = ({ target }: FitTask<SvrChoices>): number => (target.kind === "quantity" ? 1 : target.classes);
export const CHOICES = GAMMAS.length * COSTS.length;

/** Tries the settings that are left open on some stars. An interrupt ends the search with the best so far. */
export function chooseSvr(task: FitTask<SvrChoices>, onStep: OnStep): SvrChoices {
  const { settings, columns } = task;
  const gammas = settings.gamma === null ? GAMMAS.map((gamma) => gamma / columns) : [settings.gamma];
  const costs = settings.cost === null ? COSTS : [settings.cost];
  const rows = shuffle(Int32Array.from(task.train), randomFor("shuffle", task.seed));
  const held = Math.min(SEARCH_VALIDATION, Math.floor(rows.length / 3));
  const [validation, train] = [rows.subarray(0, held), rows.subarray(held, held + SEARCH_STARS)];
  const candidates = gammas.flatMap((gamma) => costs.map((cost) => ({ gamma, cost })));
  let best = {
    ...(candidates.length === 1 ? candidates[0]! : { ...STANDARD, gamma: STANDARD.gamma / columns }),
    rmse: Number.POSITIVE_INFINITY,
  };
  for (const [index, candidate] of (candidates.length === 1 ? [] : candidates).entries()) {
    const squares = labelsOf(task).map((label) => {
      const sample = sampleOf(task, validation, label);
      const weights = fitSvr(sampleOf(task, train, label), { ...candidate, epsilon: settings.epsilon });
      return rootMeanSquare(predictSvr(weights, sample).map((value, star) => value - sample.label[star]!)) ** 2;
    });
    const rmse = Math.sqrt(squares.reduce((sum, one) => sum + one, 0));
    if (rmse < best.rmse) best = { ...candidate, rmse };
    if (onStep(index + 1, rmse)) break;
  }
  return { ...settings, gamma: best.gamma, cost: best.cost };
}

/** Fits with settings that are chosen: one regression, or one a class. An interrupt leaves few stars to those that follow. */
export function fitChosen(task: FitTask<SvrChoices>, onStep: OnStep): SvrWeights[] {
  const { gamma, cost, epsilon, stars } = task.settings;
  const rows = shuffle(Int32Array.from(task.train), randomFor("shuffle", task.seed));
  let most = onStep(0, 0) ? SEARCH_STARS : stars;
  return labelsOf(task).map((label, index) => {
    const weights = fitSvr(sampleOf(task, rows.subarray(0, Math.min(most, stars)), label), {
      gamma: gamma ?? STANDARD.gamma / task.columns,
      cost: cost ?? STANDARD.cost,
      epsilon,
    });
    if (onStep(index + 1, 0)) most = SEARCH_STARS;
    return weights;
  });
}
