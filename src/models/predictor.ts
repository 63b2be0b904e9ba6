import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError } from "../errors";
import type { FeatureSet, StellarColumn, StellarRow } from "../features/feature-set";
import { describeInputs } from "../features/feature-sets";
import { Batcher, type BatcherSettings } from "./batcher";
import { InferenceEngine, type Runnable } from "./inference-engine";
import type { ModelVersion, Registry } from "./registry";
import { judgeInputs, judgeOutput, type StarPrediction } from "./star-prediction";

/** Stars whose features are computed before other work of the event loop gets its turn: well below 1 ms. */
const STARS_A_TURN = 128;

/** @throws AppError MODEL_UNAVAILABLE where today's code computes other inputs than those the version was trained on */
function checkInputs(version: ModelVersion, features: FeatureSet): void {
  const trained = describeInputs(version.manifest.featureSet.inputs);
  const computed = describeInputs(features.inputs);
  if (trained !== computed)
    throw new AppError(
      "MODEL_UNAVAILABLE",
      `${version.model}@${version.version} was trained on the inputs ${trained}, but '${features.name}' now computes ${computed}. Train a new version, or run the code that trained it.`,
    );
}

/**
 * The one way from stars to predicted labels, for GraphQL, the command line and the backfill: features, the
 * process-wide batcher, the worker, and the flags that tell how far to trust the answer.
 */
export class Predictor {
  private readonly engine = new InferenceEngine();
  private readonly batcher: Batcher;
  /** by version id, once checked */
  private readonly features = new Map<number, FeatureSet>();

  /** @param featureSet finds the feature set that a manifest names */
  constructor(
    private readonly registry: Registry,
    private readonly featureSet: (name: string) => FeatureSet,
    settings: BatcherSettings,
  ) {
    this.batcher = new Batcher((model, inputs, stars) => this.engine.run(model, inputs, stars), settings);
  }

  /**
   * @returns the raw columns that the version's inputs are computed from: what to read of a star before `predict`
   * @throws AppError MODEL_UNAVAILABLE where the code no longer computes the version's inputs
   */
  columns(version: ModelVersion): readonly StellarColumn[] {
    return this.featuresOf(version).columns;
  }

  /**
   * @returns one answer a row, in the rows' order
   * @throws AppError OVERLOADED, MODEL_UNAVAILABLE, ARTIFACT_TAMPERED
   */
  async predict(version: ModelVersion, rows: readonly StellarRow[]): Promise<StarPrediction[]> {
    const features = this.featuresOf(version);
    const width = features.inputs.length;
    const inputs = new Float32Array(rows.length * width);
    const judged: ReturnType<typeof judgeInputs>[] = [];
    await inTurns(rows.length, (star) => {
      inputs.set(features.compute(rows[star]!), star * width);
      judged.push(judgeInputs(version.manifest, inputs.subarray(star * width, (star + 1) * width)));
    });
    const output = await this.batcher.predict(this.runnable(version), inputs, rows.length);
    const predictions: StarPrediction[] = [];
    await inTurns(rows.length, (star) => predictions.push(judgeOutput(version.manifest, judged[star]!, output, star)));
    return predictions;
  }

  /** Ends the inference worker. */
  async close(): Promise<void> {
    await this.engine.close();
  }

  private featuresOf(version: ModelVersion): FeatureSet {
    const known = this.features.get(version.id);
    if (known) return known;
    const features = this.featureSet(version.manifest.featureSet.name);
    checkInputs(version, features);
    this.features.set(version.id, features);
    return features;
  }

  private runnable(version: ModelVersion): Runnable {
    return {
      id: version.id,
      name: `${version.model}@${version.version}`,
      labels: version.manifest.labels.length,
      read: async () => (await this.registry.load(version)).onnx,
    };
  }
}

async function inTurns(stars: number, work: (star: number) => void): Promise<void> {
  for (let star = 0; star < stars; star++) {
    if (star > 0 && star % STARS_A_TURN === 0) await nextTurn();
    work(star);
  }
}
