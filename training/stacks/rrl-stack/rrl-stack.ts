import { availableParallelism } from "node:os";
import type { Database } from "../../../src/database/database";
import { POINTS_LAYOUT } from "../../../src/features/light-curve/sequence/rrl-points";
import { rrlShapeAndPointsFeatures, SHAPE_BLOCK } from "../../../src/features/light-curve/sequence/rrl-shape-and-points";
import type { ManifestDraft } from "../../../src/models/registry/manifest";
import { Registry } from "../../../src/models/registry/registry";
import { earlierEstimate } from "../../evaluation/earlier-estimate";
import { evaluateLabel, type LabelPredictions } from "../../evaluation/error-statistics";
import { sharedLimits } from "../../families/sequences/light-curves/curve-sample";
import { readLightCurveSet } from "../../light-curves/light-curve-set";
import type { TrainingReport, Watch } from "../../recipe";
import { draftManifest } from "../../register/manifest-draft";
import { fitStack } from "./fit-stack";
import type { FittedMember, MemberOptions } from "./members/member";
import { membersNamed } from "./members/members";
import { exportStack } from "./stack-artifact";
import { prepareStack } from "./stack-data";

export const RECIPE = "rrl-stack";

export interface RrlStackOptions extends Partial<MemberOptions> {
  /** folder of light curves */
  readonly data: string;
  /** name to register under */
  readonly model?: string;
  /** what is combined: gp, gru, xgboost; the first two when absent */
  readonly members?: readonly string[];
  /** `cv_fold`s to leave out of the training altogether */
  readonly withoutFolds?: readonly number[];
}

const FEATURES = rrlShapeAndPointsFeatures;

const joined = (backends: readonly FittedMember["backend"][]) => ({
  name: backends.map(({ name }) => name).join(", "),
  libraries: Object.assign({}, ...backends.map(({ libraries }) => libraries)) as Record<string, string>,
});

/** The limits of a point's columns are those of all points. */
function limitsOf(limits: ManifestDraft["limits"]): ManifestDraft["limits"] {
  return [...limits.slice(0, SHAPE_BLOCK.to), ...sharedLimits(limits.slice(SHAPE_BLOCK.to), POINTS_LAYOUT)];
}

/**
 * Several models of RR Lyrae light curves as one: a Gaussian process on Fourier parameters, recurrent networks on the
 * points, and boosted trees where XGBoost is installed. What they say of stars that they never saw gives their weights.
 * Every star is scored by members, and weights, that it had no part in.
 *
 * @param dataDir folder that holds the artifacts
 * @throws AppError BAD_INPUT, NOT_FOUND, BACKEND_UNAVAILABLE where a member's library is not installed
 */
export async function trainRrlStack(
  database: Database,
  dataDir: string,
  options: RrlStackOptions,
  watch: Watch = {},
): Promise<TrainingReport> {
  // 1. The stars, their folds and the one label.
  const { model = RECIPE, seed = 1, threads = availableParallelism() } = options;
  const members = membersNamed(options.members);
  const registry = new Registry(database, dataDir);
  await registry.checkName(model, RECIPE);
  const data = await readLightCurveSet(options.data, FEATURES, options.withoutFolds);
  const prepared = prepareStack(data);

  // 2. The members, each out of fold, and their weights.
  const interrupt = watch.interrupt ?? new AbortController().signal;
  const onProgress = (share: number, note: string) => watch.onProgress?.(Math.round(1000 * share), 1000, note);
  const how = { ...options, seed, threads };
  const { fitted, rows, memberRmse, backends } = await fitStack(members, prepared.data, FEATURES.inputs.length, how, {
    onProgress,
    interrupt,
  });

  // 3. How good it is on stars that nothing in it saw.
  const { name, unit, column } = data.labels[0]!;
  const split = { training: Int32Array.from(data.fold.keys()), test: rows, fold: data.fold, folds: data.folds };
  const answered = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  const predictions: LabelPredictions = {
    ...{ name, unit, column, reference: answered(prepared.data.reference) },
    ...{ predicted: answered(fitted.outOfFold.value), error: answered(fitted.outOfFold.error) },
    before: earlierEstimate(data, 0, rows, split),
  };
  const evaluations = [evaluateLabel(predictions)];

  // 4. One file with its manifest.
  const interrupted = interrupt.aborted;
  const draft = draftManifest({
    ...{ model, recipe: RECIPE, data, split, evaluations, seed, normalisation: prepared.normalisation },
    members: members.length,
    settings: { members: members.map((member) => member.name), fit: fitted.notes, memberRmse, interrupted },
    backend: joined(backends),
  });
  // Every star is tested by members that did not see it, and all have a part in the model.
  const counted = { ...draft.data, stars: { train: split.training.length, validation: 0, test: rows.length } };
  const artifact = exportStack(model, prepared, fitted);
  const version = await registry.register({ ...draft, limits: limitsOf(draft.limits), data: counted }, artifact);
  const notes = [
    `Of stars in folds left out, RMSE [${unit}] of each member by itself: ${Object.entries(memberRmse)
      .map(([of, rmse]) => `${of} ${rmse.toFixed(4)}`)
      .join(", ")}.`,
    `Weights: ${members.map((one) => `${one.name} ${Number(fitted.notes[`weight of ${one.name}`] ?? 1).toFixed(2)}`).join(", ")}.`,
  ];
  return { version, evaluations, predictions: [predictions], repeatability: null, interrupted, notes };
}
