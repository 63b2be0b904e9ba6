import type { CrossFit } from "../../fit/cross-fit";
import { emitEnsemble } from "./boosted-trees";
import { allRows, crossValidate } from "./cross-validate";
import { fitEnsemble } from "./fit-ensemble";
import type { Boosting } from "./tune";

/** Boosted trees as one of several models that are combined: out of fold, settings are chosen by the other folds alone. */
export async function crossFitBoosting(boosting: Boosting, seed: number): Promise<CrossFit> {
  const { settings, nested } = await crossValidate(boosting, seed);
  const rows = allRows(boosting);
  const { base, members } = await fitEnsemble(boosting, settings, { train: rows, held: rows }, seed);
  return {
    emit: (graph, inputs) => ({ kind: "quantity", value: emitEnsemble(graph, inputs, { base, members }), variance: null }),
    outOfFold: { kind: "quantity", value: Float64Array.from(nested), variance: null, surplus: new Float64Array(rows.length) },
    notes: { members: members.length, starts: JSON.stringify(settings) },
  };
}
