import { AppError } from "../errors";
import type { FeatureSet, StellarColumn, StellarRow } from "../features/feature-set";
import { isLightCurveFeatureSet } from "../features/light-curve/feature-sets";
import { timed } from "../telemetry/signal";
import { batchInferred } from "../telemetry/signals";
import { checkInputs } from "./check-inputs";
import { inTurns } from "./in-turns";
import { answeredTensors } from "./inference/answered-tensors";
import { Batcher, type BatcherSettings } from "./inference/batcher";
import { InferenceEngine, type Runnable } from "./inference/inference-engine";
import { judgeInputs } from "./judge-inputs";
import { OutputJudge } from "./judge-outputs";
import type { ModelVersion, Registry } from "./registry/registry";
import type { StarPrediction } from "./star-prediction";

/** Stars whose features are computed without a pause for the event loop: well below 1 ms. */
const STARS_A_TURN = 128;

/**
 * The one path from stars to predicted labels, for GraphQL, the command line and the backfill: features, the process-wide
 * batcher, the worker, and flags for unreliable predictions.
 */
export class Predictor {
  private readonly engine = new InferenceEngine();
  private readonly batcher: Batcher;
  /** feature sets that passed `checkInputs`, by version id */
  private readonly features = new Map<number, FeatureSet>();

  /** @param featureSet finds the feature set that a manifest names */
  constructor(
    private readonly registry: Registry,
    private readonly featureSet: (name: string) => FeatureSet,
    settings: BatcherSettings,
  ) {
    this.batcher = new Batcher(
      (model, inputs, stars) => timed(batchInferred, { model: model.name, stars }, () => this.engine.run(model, inputs, stars)),
      settings,
    );
  }

  /** Stars that are waiting for inference or being computed. */
  get waiting(): number {
    return this.batcher.waiting;
  }

  /**
   * @returns the raw columns that the version's inputs are computed from, to be read before `predict`
   * @throws AppError MODEL_UNAVAILABLE if the code no longer computes the version's inputs
   */
  columns(version: ModelVersion): readonly StellarColumn[] {
    return this.featuresOf(version).columns;
  }

  /**
   * @returns one prediction per row, in order
   * @throws AppError OVERLOADED, MODEL_UNAVAILABLE, ARTIFACT_TAMPERED
   */
  async predict(version: ModelVersion, rows: readonly StellarRow[]): Promise<StarPrediction[]> {
    const features = this.featuresOf(version);
    const width = features.inputs.length;
    const inputs = new Float32Array(rows.length * width);
    await inTurns(rows.length, STARS_A_TURN, (star) => inputs.set(features.compute(rows[star]!), star * width));
    return this.predictInputs(version, inputs, rows.length);
  }

  /**
   * @param inputs [stars, inputs] as the version's feature set computes them, row by row, NaN if missing
   * @returns one prediction per star, in order
   * @throws AppError OVERLOADED, MODEL_UNAVAILABLE, ARTIFACT_TAMPERED
   */
  async predictInputs(version: ModelVersion, inputs: Float32Array, stars: number): Promise<StarPrediction[]> {
    const width = version.manifest.featureSet.inputs.length;
    const output = await this.batcher.predict(this.runnable(version), inputs, stars);
    const predictions: StarPrediction[] = [];
    const judge = new OutputJudge(version.manifest);
    await inTurns(stars, STARS_A_TURN, (star) => {
      const row = inputs.subarray(star * width, (star + 1) * width);
      predictions.push(judge.judge(judgeInputs(version.manifest, row), row, output, star));
    });
    return predictions;
  }

  /** Resolves once the inference worker answers; rejects if it does not start or has died. */
  async ready(): Promise<void> {
    await this.engine.ready();
  }

  /** Ends the inference worker. */
  async close(): Promise<void> {
    await this.engine.close();
  }

  private featuresOf(version: ModelVersion): FeatureSet {
    const known = this.features.get(version.id);
    if (known) return known;
    const { name } = version.manifest.featureSet;
    if (isLightCurveFeatureSet(name))
      throw new AppError(
        "BAD_INPUT",
        `${version.model}@${version.version} predicts from light curves, not from a star's stored values. Give it a light curve, or \`asterism predict\` a folder of them.`,
      );
    const features = this.featureSet(name);
    checkInputs(version, features);
    this.features.set(version.id, features);
    return features;
  }

  private runnable(version: ModelVersion): Runnable {
    return {
      id: version.id,
      name: `${version.model}@${version.version}`,
      tensors: answeredTensors(version.manifest),
      columns: version.manifest.columns?.map(({ name }) => name),
      read: async () => (await this.registry.load(version)).onnx,
    };
  }
}
