import type { SequenceLayout } from "../../../../src/features/light-curve/sequence/sequence-inputs";
import type { CrossFit } from "../../../fit/cross-fit";
import type { FitWatch } from "../../../fit/family";
import type { OutOfFold } from "../../../fit/out-of-fold";
import { emitNetworks } from "../onnx/sequence-ensemble";
import { type CrossFitPlan, crossFit, type Member } from "./cross-fit";
import { memberOutputs } from "./member-outputs";
import { outOfFold, spreadOf } from "./out-of-fold";

const ORDER_ONE = { name: "order one", mean: 0, scale: 1 };

/** What the networks say of stars that they never saw, of order one; NaN of stars that no finished network left out. */
function answersOf(plan: CrossFitPlan, members: readonly Member[]): OutOfFold {
  const { rows, predicted, networks } = outOfFold(members, ORDER_ONE);
  const spread = spreadOf(memberOutputs(plan, members, rows), ORDER_ONE);
  const [value, variance, surplus] = [0, 1, 2].map(() => new Float64Array(plan.fold.length).fill(Number.NaN)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const count = members.length;
  rows.forEach((row, at) => {
    value[row] = predicted[at]!;
    variance[row] = spread[at]! ** 2;
    // The mean of those few that left the star out scatters more than that of all; the spread is about the members' own mean.
    surplus[row] = count === 1 ? 0 : spread[at]! ** 2 * (count / (count - 1)) * (1 / networks[at]! - 1 / count);
  });
  return { kind: "quantity", value, variance, surplus };
}

/**
 * Networks on light curves as one of several models that are combined.
 *
 * @param harmonics multiples of the phase whose sine and cosine each point carries
 */
export async function crossFitSequences(
  plan: CrossFitPlan,
  layout: SequenceLayout,
  harmonics: number,
  { onProgress, interrupt }: FitWatch,
): Promise<CrossFit> {
  const members = await crossFit(plan, (done, total, note) => onProgress(done / total, note), interrupt);
  const networks = { layout, harmonics, shape: plan.shape, members: members.map(({ weights }) => weights) };
  return {
    emit: (graph, inputs) => ({ kind: "quantity", ...emitNetworks(graph, inputs, networks) }),
    outOfFold: answersOf(plan, members),
    notes: { networks: members.length, epochs: plan.settings.epochs },
  };
}
