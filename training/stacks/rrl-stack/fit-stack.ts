import { rootMeanSquare } from "../../../src/science/statistics";
import type { CrossFit } from "../../fit/cross-fit";
import type { FitWatch } from "../../fit/family";
import type { FittedQuantity } from "../../fit/fit-plan";
import { finishQuantity } from "../../fit/fit-quantity";
import { answeredRows } from "../../fit/fit-target";
import { onBlock } from "./blocks";
import { type FittedMember, labelOfOrderOne, type Member, type MemberOptions, type StackData } from "./members/member";

/** Members that were fitted, and what is made of them. */
export interface FittedStack {
  readonly fitted: FittedQuantity;
  /** stars that all members answered out of fold */
  readonly rows: Int32Array;
  /** [label's unit] root mean square error of each member by itself, out of fold, by its name */
  readonly memberRmse: Readonly<Record<string, number>>;
  readonly backends: readonly FittedMember["backend"][];
}

/** Each member has the same share of the progress. */
function shareOf({ onProgress, interrupt }: FitWatch, members: readonly Member[], index: number): FitWatch {
  const name = members[index]!.name;
  return { interrupt, onProgress: (share, note) => onProgress((index + share) / members.length, `${name}, ${note}`) };
}

function rmseOf({ outOfFold }: CrossFit, { reference, label }: StackData, rows: Int32Array): number {
  if (outOfFold.kind !== "quantity") return Number.NaN;
  const { value } = outOfFold;
  return rootMeanSquare(Float64Array.from(rows, (row) => label.mean + label.scale * value[row]! - reference[row]!));
}

/**
 * Fits the members one after the other and combines them by weights that their out-of-fold answers give, those of a fold
 * by the other folds' (Breiman 1996); the stated error is learned from the same answers.
 *
 * @param width of all inputs, of which each member looks at a block
 */
export async function fitStack(
  members: readonly Member[],
  data: StackData,
  width: number,
  options: MemberOptions,
  watch: FitWatch,
): Promise<FittedStack> {
  const done: FittedMember[] = [];
  for (const [index, member] of members.entries()) done.push(await member.fit(data, options, shareOf(watch, members, index)));
  const names = members.map(({ name }) => name);
  const fits = done.map(({ fit }, index) => onBlock(fit, width, members[index]!.block));
  const rows = answeredRows(fits, Int32Array.from(data.reference.keys()), 1);
  const fitted = finishQuantity(fits, names, data.label, Float64Array.from(labelOfOrderOne(data)), rows, data.shape);
  const memberNotes = fits.flatMap(({ notes }, index) => Object.entries(notes).map(([name, note]) => [`${names[index]}: ${name}`, note]));
  return {
    fitted: { ...fitted, notes: { ...Object.fromEntries(memberNotes), ...fitted.notes } },
    rows,
    memberRmse: Object.fromEntries(fits.map((fit, index) => [names[index]!, rmseOf(fit, data, rows)])),
    backends: done.map(({ backend }) => backend),
  };
}
