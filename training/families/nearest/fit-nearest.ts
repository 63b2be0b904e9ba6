import { median } from "../../../src/science/statistics";
import { randomFor, shuffle } from "../../fit/draws";
import type { FitTask } from "../../fit/family";
import { NEIGHBOURS, type NearestSettings, RELEVANCES } from "./nearest-settings";
import { apart, type KeptStars, type Neighbour, nearestTo, weightsOf } from "./neighbours";
import { relevanceOf } from "./relevance";

type OnStep = (step: number, loss: number) => boolean;

/** What is kept of the training stars. */
export interface NearestFit extends KeptStars {
  /** [outputs][stars] the quantity, or for each class 1 where a star is of it */
  readonly labels: readonly Float64Array[];
  readonly isQuantity: boolean;
  readonly neighbours: number;
  readonly softness: number;
}

const STANDARD = { neighbours: 12, relevance: 0.5 };
/** Stars that a choice is made on, and stars that are asked for in it. */
const [CHOICE_STARS, CHOICE_QUERIES] = [4000, 500];
const SOFTNESS = 0.5;

function labelsOf({ target }: FitTask<NearestSettings>, rows: Int32Array): Float64Array[] {
  if (target.kind === "quantity") return [Float64Array.from(rows, (row) => target.values[row]!)];
  return Array.from({ length: target.classes }, (_, index) => Float64Array.from(rows, (row) => Number(target.values[row] === index)));
}

function keep(task: FitTask<NearestSettings>, rows: Int32Array, relevance: number, labels: readonly Float64Array[]): KeptStars {
  const { prepared, columns } = task;
  const values = apart(prepared, columns, rows);
  const metric = Float32Array.from(relevanceOf({ ...values, columns }, labels), (size) => size ** (2 * relevance));
  return { ...values, columns, metric };
}

const rowOf = (values: Float32Array, columns: number, star: number) => values.subarray(star * columns, (star + 1) * columns);

/** The nearest of some of the kept stars, without themselves. */
function neighboursOfSome(kept: KeptStars, most: number, count: number): Neighbour[][] {
  const stars = kept.values.length / kept.columns;
  return Array.from({ length: Math.min(most, stars) }, (_, star) =>
    nearestTo(kept, rowOf(kept.values, kept.columns, star), rowOf(kept.present, kept.columns, star), count, star),
  );
}

const softnessOf = (found: readonly (readonly Neighbour[])[]): number =>
  SOFTNESS * median(found.map((neighbours) => neighbours.at(-1)!.distance)) + 1e-6;

/** Mean squared error of stars answered by their neighbours. */
function missed(found: readonly (readonly Neighbour[])[], labels: readonly Float64Array[], count: number): number {
  const nearest = found.map((neighbours) => neighbours.slice(0, count));
  const softness = softnessOf(nearest);
  return nearest.reduce((sum, neighbours, star) => {
    const weights = weightsOf(neighbours, softness);
    const errors = labels.map(
      (label) => neighbours.reduce((value, { star: other }, i) => value + weights[i]! * label[other]!, 0) - label[star]!,
    );
    return sum + errors.reduce((square, error) => square + error * error, 0) / found.length;
  }, 0);
}

/** Chooses what is left open by answering some stars by their neighbours, each without itself. */
export function chooseNearest(task: FitTask<NearestSettings>, onStep: OnStep): NearestSettings {
  const { settings } = task;
  const rows = shuffle(Int32Array.from(task.train), randomFor("shuffle", task.seed)).subarray(0, CHOICE_STARS);
  const counts = (settings.neighbours === null ? NEIGHBOURS : [settings.neighbours]).filter((count) => count < rows.length);
  const relevances = settings.relevance === null ? RELEVANCES : [settings.relevance];
  const labels = labelsOf(task, rows);
  let best = { neighbours: Math.min(STANDARD.neighbours, rows.length - 1), relevance: STANDARD.relevance, loss: Number.POSITIVE_INFINITY };
  for (const [step, relevance] of relevances.entries()) {
    const found = neighboursOfSome(keep(task, rows, relevance, labels), CHOICE_QUERIES, Math.max(...counts));
    for (const neighbours of counts) {
      const loss = missed(found, labels, neighbours);
      if (loss < best.loss) best = { neighbours, relevance, loss };
    }
    if (onStep(step + 1, best.loss)) break;
  }
  return { ...settings, neighbours: best.neighbours, relevance: best.relevance };
}

export function fitNearest(task: FitTask<NearestSettings>): NearestFit {
  const { stars, relevance, neighbours } = task.settings;
  const rows = shuffle(Int32Array.from(task.train), randomFor("shuffle", task.seed)).subarray(0, stars);
  const labels = labelsOf(task, rows);
  const kept = keep(task, rows, relevance ?? STANDARD.relevance, labels);
  const count = Math.min(neighbours ?? STANDARD.neighbours, rows.length - 1);
  const softness = softnessOf(neighboursOfSome(kept, CHOICE_QUERIES, count));
  return { ...kept, labels, isQuantity: task.target.kind === "quantity", neighbours: count, softness };
}

/** What the kept stars say of one star, as a reference for the graph. @returns [outputs] and their variances */
export function applyNearest(fit: NearestFit, value: Float32Array, there: Float32Array): { value: number; variance: number }[] {
  const found = nearestTo(fit, value, there, fit.neighbours);
  const weights = weightsOf(found, fit.softness);
  return fit.labels.map((label) => {
    const mean = found.reduce((sum, { star }, i) => sum + weights[i]! * label[star]!, 0);
    return { value: mean, variance: found.reduce((sum, { star }, i) => sum + weights[i]! * (label[star]! - mean) ** 2, 0) };
  });
}
