import { AppError } from "../../src/errors";
import { type CrossFit, crossFit } from "./cross-fit";
import type { FitWatch, Target } from "./family";
import { finishClasses } from "./fit-classes";
import type { FitNotes, FitPlan, FittedTarget } from "./fit-plan";
import { finishQuantity } from "./fit-quantity";
import type { FitSample, LabelledTarget } from "./fit-sample";
import { scaleOf } from "./label-scale";
import type { LabelScale } from "./scales";

/** Fewer have too little to say for anything to be learned and judged. */
const FEWEST_ROWS = 20;

/** Rows whose label is known, ascending. */
function knownRows({ fold }: FitSample, target: LabelledTarget): Int32Array {
  const all = Int32Array.from(fold.keys());
  const { kind, reference } = target;
  const rows = kind === "quantity" ? all.filter((row) => Number.isFinite(reference[row])) : all.filter((row) => reference[row]! >= 0);
  if (rows.length < FEWEST_ROWS)
    throw new AppError(
      "BAD_INPUT",
      `${target.name} is known of ${rows.length} stars; training needs ${FEWEST_ROWS} at least. Give more stars.`,
    );
  return rows;
}

/** The same share of the whole for each family. */
function watchOf({ families, watch }: FitPlan, index: number): FitWatch {
  const name = families[index]!.family.name;
  return {
    onProgress: (share, note) => watch.onProgress((index + share) / families.length, `${name}, ${note}`),
    interrupt: watch.interrupt,
  };
}

/** Sets of missing inputs that get a fit of their own; others are answered by the one that is nearest. */
const MOST_GAPS = 10;

async function crossFitEach(plan: FitPlan, target: Target, rows: Int32Array): Promise<CrossFit[]> {
  const fits: CrossFit[] = [];
  for (const [index, open] of plan.families.entries())
    fits.push(
      await crossFit({
        open,
        sample: plan.sample,
        target,
        rows,
        seed: plan.seed,
        watch: watchOf(plan, index),
        apart: plan.apart ?? MOST_GAPS,
      }),
    );
  return fits;
}

/** Of an interrupted training, some rows have no answer of a fit that they had no part in. */
export function answeredRows(fits: readonly CrossFit[], rows: Int32Array, classes: number): Int32Array {
  return rows.filter((row) =>
    fits.every(({ outOfFold }) =>
      Number.isFinite(outOfFold.kind === "quantity" ? outOfFold.value[row] : outOfFold.probabilities[row * classes]),
    ),
  );
}

function notesOf({ families }: FitPlan, fits: readonly CrossFit[]): FitNotes {
  const many = families.length > 1;
  const named = fits.flatMap(({ notes }, index) =>
    Object.entries(notes).map(([name, note]) => [many ? `${families[index]!.family.name}: ${name}` : name, note] as const),
  );
  return Object.fromEntries(named);
}

function targetOf(target: LabelledTarget, scale: LabelScale | null): Target {
  if (target.kind === "classes") return { kind: "classes", values: target.reference, classes: target.classes.length };
  return { kind: "quantity", values: Float32Array.from(target.reference, (value) => (value - scale!.mean) / scale!.scale) };
}

/**
 * Fits one target: fits that each leave one fold out, their out-of-fold answers, the model that is made of them, and
 * its errors or probabilities, calibrated by the out-of-fold answers. An interrupt ends it with the best so far.
 *
 * @throws AppError BAD_INPUT where too few rows have the label
 */
export async function fitTarget(plan: FitPlan): Promise<FittedTarget> {
  const { target, sample, families } = plan;
  const names = families.map(({ family }) => family.name);
  const rows = knownRows(sample, target);
  const scale = target.kind === "quantity" ? scaleOf(target.name, target.reference, rows) : null;
  const fits = await crossFitEach(plan, targetOf(target, scale), rows);
  const notes = notesOf(plan, fits);
  if (target.kind === "classes") {
    const fitted = finishClasses(
      fits,
      names,
      target.classes.length,
      target.reference,
      answeredRows(fits, rows, target.classes.length),
      sample,
    );
    return { ...fitted, notes: { ...notes, ...fitted.notes } };
  }
  const reference = target.reference.map((value) => (value - scale!.mean) / scale!.scale);
  const fitted = finishQuantity(fits, names, scale!, reference, answeredRows(fits, rows, 1), sample);
  return { ...fitted, notes: { ...notes, ...fitted.notes } };
}
