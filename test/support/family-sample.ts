import type { FitSample, LabelledTarget } from "../../training/fit/fit-sample";
import { normalisationOf, normalise, REACH } from "../../training/fit/normalise";
import type { Normalisation } from "../../training/fit/scales";
import { normal } from "./random";

/** Inputs of the made-up stars: two groups that both tell of the label, one constant and one that is noise. */
export const COLUMNS = 6;
/** Columns that are missing together. */
export const GROUPS: readonly (readonly number[])[] = [
  [0, 1],
  [2, 3],
];
export const FOLDS = 4;

export interface FamilySample {
  readonly sample: FitSample;
  readonly normalisation: Normalisation;
  readonly quantity: Extract<LabelledTarget, { kind: "quantity" }>;
  readonly classes: Extract<LabelledTarget, { kind: "classes" }>;
}

/**
 * One star: two hidden numbers; group A measures both well, group B with more noise, so that either will do.
 *
 * @returns its inputs and its label [K]: curved in the hidden numbers, with noise of 20 K
 */
function star(gauss: () => number): { inputs: number[]; label: number } {
  const [a, b] = [gauss(), gauss()];
  const label = 5000 + 400 * a - 150 * b + 100 * a * b + 20 * gauss();
  return { inputs: [a, b, a + 0.3 * gauss(), b + 0.3 * gauss(), 7, gauss()], label };
}

/** The inputs with a group's columns missing; group -1: as they are. */
export function without(inputs: readonly number[], group: number): number[] {
  return inputs.map((value, column) => (GROUPS[group]?.includes(column) ? Number.NaN : value));
}

export const conditionsWithout = (group: number): number[] => GROUPS.map((_, index) => Number(index === group));

const CLASS_LIMITS = [4800, 5200];
export const CLASSES = ["cool", "middling", "hot"];
export const classOf = (label: number): number => CLASS_LIMITS.filter((limit) => label > limit).length;

/** Stars as they are, and each once more without each group. */
export function familySample(stars: number, seed: number): FamilySample {
  const gauss = normal(seed);
  const made = Array.from({ length: stars }, () => star(gauss));
  const rows = made.flatMap(({ inputs, label }, index) =>
    [-1, 0, 1].map((group) => ({ inputs: without(inputs, group), label, group, fold: index % FOLDS })),
  );
  // One measurement in 30 is missing of its own accord.
  const raw = Float32Array.from(
    rows.flatMap(({ inputs }, row) => inputs.map((value, column) => ((row * 7 + column * 13) % 30 === 0 ? Number.NaN : value))),
  );
  const normalisation = normalisationOf(raw, COLUMNS, Int32Array.from(rows.keys()), REACH);
  return {
    sample: {
      raw,
      columns: COLUMNS,
      prepared: normalise(raw, normalisation),
      weights: null,
      fold: Uint8Array.from(rows, ({ fold }) => fold),
      folds: FOLDS,
      isCopy: Uint8Array.from(rows, ({ group }) => Number(group >= 0)),
      conditions: Float32Array.from(rows.flatMap(({ group }) => conditionsWithout(group))),
      conditionNames: ["A is missing", "B is missing"],
    },
    normalisation,
    quantity: { kind: "quantity", name: "teff", reference: Float64Array.from(rows, ({ label }) => label) },
    classes: { kind: "classes", name: "kind", classes: CLASSES, reference: Int32Array.from(rows, ({ label }) => classOf(label)) },
  };
}
