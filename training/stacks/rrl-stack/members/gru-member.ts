import { POINTS_LAYOUT } from "../../../../src/features/light-curve/sequence/rrl-points";
import { POINTS_BLOCK } from "../../../../src/features/light-curve/sequence/rrl-shape-and-points";
import { crossFitSequences } from "../../../families/sequences/fit/stack-member";
import { KERNEL_LIBRARY } from "../../../families/sequences/kernels/kernels";
import { GRU } from "../../../families/sequences/rrl-gru";
import { planSequences } from "../../../families/sequences/sequence-plan";
import type { Member } from "./member";

/** Beside a process on Fourier parameters, more networks a fold hardly help. */
const REPEATS = 1;

/** Gated recurrent units on the points. */
export const GRU_MEMBER: Member = {
  name: "gru",
  block: POINTS_BLOCK,
  async fit({ shape, points, reference, label }, { seed, threads, repeats = REPEATS, epochs }, watch) {
    const { fold, folds } = shape;
    const plan = planSequences(GRU, POINTS_LAYOUT, { inputs: points, reference, fold, folds }, label, { seed, threads, repeats, epochs });
    const fit = await crossFitSequences(plan, POINTS_LAYOUT, GRU.harmonics, watch);
    return { fit, backend: { name: "sequence-kernels", libraries: KERNEL_LIBRARY } };
  },
};
