import type { Database } from "../../../src/database/database";
import { Registry } from "../../../src/models/registry/registry";
import { gatherRows } from "../../datasets/gather-rows";
import { type Split, splitByStar, TEST_SHARE } from "../../datasets/split";
import type { LabelPredictions } from "../../evaluation/error-statistics";
import type { FamilyContext } from "../../fit/family";
import type { FitPlan, FittedTarget } from "../../fit/fit-plan";
import type { FitSample, LabelledTarget } from "../../fit/fit-sample";
import { fitTarget } from "../../fit/fit-target";
import { normalisationOf, normalise, REACH } from "../../fit/normalise";
import type { TrainingReport, Watch } from "../../recipe";
import { type ColumnGroup, columnGroups } from "../column-groups";
import { computeInputs } from "../expressions/compute-inputs";
import { openChosenFamilies } from "./chosen-families";
import { predictTest } from "./evaluate-study";
import { conditionsOf, withGaps } from "./gaps";
import type { Study } from "./study";
import { studyArtifact } from "./study-artifact";
import { readStudySample, type StudyData, type StudySample } from "./study-sample";
import { studyVersion } from "./study-version";

/** How a study is trained. */
export interface StudyOptions extends StudyData, Partial<FamilyContext> {
  /** name to register under; the study's own when absent */
  readonly model?: string;
  readonly seed?: number;
  /** trainings that differ by their seed alone; the first is registered */
  readonly repeat?: number;
}

/** The training stars, their copies with gaps, and all that families want to know of them. */
async function fitSampleOf(
  { sample, compiled, inputs }: StudySample,
  split: Split,
  study: Study,
  groups: readonly ColumnGroup[],
  seed: number,
) {
  const width = sample.columns.length;
  const gaps = withGaps(gatherRows(sample.raw, width, split.training), width, groups, study.gaps.copies, seed);
  const raw = gaps.isCopy.includes(1)
    ? await computeInputs(compiled, gaps.raw)
    : gatherRows(inputs, compiled.inputs.length, split.training);
  const normalisation = normalisationOf(inputs, compiled.inputs.length, split.training, REACH);
  const rows = Int32Array.from(gaps.of, (star) => split.training[star]!);
  const fitSample: FitSample = {
    ...{ raw, columns: compiled.inputs.length, prepared: normalise(raw, normalisation), weights: null },
    fold: Uint8Array.from(rows, (row) => split.fold[row]!),
    folds: split.folds,
    isCopy: gaps.isCopy,
    conditions: conditionsOf(gaps.raw, width, groups),
    conditionNames: groups.map(({ name }) => name),
  };
  return { fitSample, rows, normalisation };
}

/** What is to be learned of the rows of the fit. */
function targetsOf({ quantities, classes }: StudySample["sample"], rows: Int32Array): LabelledTarget[] {
  return [
    ...quantities.map(({ name, values }) => ({
      kind: "quantity" as const,
      name,
      reference: Float64Array.from(rows, (row) => values[row]!),
    })),
    ...classes.map(({ name, classes: words, values }) => ({
      ...{ kind: "classes" as const, name, classes: words },
      reference: Int32Array.from(rows, (row) => values[row]!),
    })),
  ];
}

/** Seeds of a repetition are far from those of the other targets. */
const SEED_STEP = 1000;

/** Fits one target after the other. */
async function fitAll(targets: readonly LabelledTarget[], plan: Omit<FitPlan, "target" | "watch">, watch: Watch): Promise<FittedTarget[]> {
  const interrupt = watch.interrupt ?? new AbortController().signal;
  const fitted: FittedTarget[] = [];
  for (const [index, target] of targets.entries()) {
    const onProgress = (share: number, note: string) =>
      watch.onProgress?.(Math.round(1000 * (index + share)), 1000 * targets.length, `${target.name}, ${note}`);
    fitted.push(await fitTarget({ ...plan, target, seed: plan.seed + index, watch: { onProgress, interrupt } }));
  }
  return fitted;
}

/**
 * Trains a study: reads its stars, fits each of its labels and classes by the study's families out of fold, with gaps as surveys
 * have them, and registers one ONNX file that goes from raw columns to labels with calibrated errors.
 *
 * @param dataDir folder that holds the artifacts
 * @throws AppError BAD_INPUT, NOT_FOUND, BACKEND_UNAVAILABLE
 */
export async function trainStudy(
  database: Database,
  dataDir: string,
  study: Study,
  options: StudyOptions = {},
  watch: Watch = {},
): Promise<TrainingReport> {
  // 1. The stars, and those among them that nothing sees before the final evaluation.
  const { model = study.name, seed = study.seed } = options;
  const registry = new Registry(database, dataDir);
  await registry.checkName(model, study.name);
  const read = await readStudySample(database, study, options);
  const split = splitByStar(read.sample.starKeys, TEST_SHARE, study.folds);

  // 2. Copies of the training stars with gaps, inputs of order one.
  const groups = columnGroups(read.sample.columns);
  const { fitSample, rows, normalisation } = await fitSampleOf(read, split, study, groups, seed);

  // 3. One fit a label, class and fold.
  const { families, close } = await openChosenFamilies(study, read.sample.ids.length, options);
  try {
    const plan = { families, sample: fitSample, seed, ...(study.gaps.apart !== null && { apart: study.gaps.apart }) };
    const targets = await fitAll(targetsOf(read.sample, rows), plan, watch);

    // 4. The same with other seeds, where it is asked how far such trainings are apart.
    const fitted = { study, read, split, groups, normalisation };
    const repetitions: LabelPredictions[][] = [];
    for (let turn = 1; turn < (options.repeat ?? 1) && !watch.interrupt?.aborted; turn++) {
      const again = await fitAll(targetsOf(read.sample, rows), { ...plan, seed: seed + turn * SEED_STEP }, watch);
      const whole = { ...fitted, targets: again };
      repetitions.push([...(await predictTest(studyArtifact(model, whole), whole)).labels]);
    }

    // 5. One file from raw columns to answers, how good it is on stars it never saw, and its manifest.
    return await studyVersion(registry, {
      ...{ ...fitted, model, seed, fitSample, targets, families, repetitions },
      interrupted: watch.interrupt?.aborted ?? false,
    });
  } finally {
    await close();
  }
}
