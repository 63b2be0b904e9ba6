import type { Release } from "../catalogue/release";
import { syntheticAmong } from "../catalogue/synthetic-stars";
import type { Queries } from "../database/database";
import { AppError } from "../errors";
import type { Input } from "../features/feature-set";
import type { Modality, Prepared, StoredObservations } from "../modalities/modality";
import { timed } from "../telemetry/signal";
import { batchInferred } from "../telemetry/signals";
import { Batcher, type BatcherSettings } from "./inference/batcher";
import { InferenceEngine } from "./inference/inference-engine";
import { judgeStars, type Usable } from "./judge-stars";
import { PreparingEngine } from "./preparing/preparing-engine";
import type { ModelVersion, Registry } from "./registry/registry";
import { refused, type StarPrediction } from "./star-prediction";
import { nameOf, type VersionView, VersionViews } from "./version-views";

export interface PredictorSettings extends BatcherSettings {
  /** [ms] how long an observation may wait for others to be prepared; a server's limit when absent */
  readonly longestWaitMs?: number;
}

/** Limits protect a server from its clients; a command's only client is itself. */
export const UNHURRIED = { queueLimit: Number.MAX_SAFE_INTEGER, longestWaitMs: Number.POSITIVE_INFINITY } as const;

/** Said of stars that are not known to be synthetic. */
const NONE: ReadonlySet<number> = new Set();

/**
 * The one path from stars to predictions, for GraphQL, the command line and the backfill: what a version's modality makes of
 * an observation, the process-wide batcher, the worker, and flags for unreliable predictions.
 */
export class Predictor {
  private readonly engine = new InferenceEngine();
  private readonly preparing: PreparingEngine;
  private readonly batcher: Batcher;
  private readonly views: VersionViews;

  /** @param modalities that versions may look at */
  constructor(registry: Registry, modalities: readonly Modality[], { longestWaitMs, ...settings }: PredictorSettings) {
    this.views = new VersionViews(registry, modalities);
    this.preparing = new PreparingEngine(longestWaitMs);
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
   * @returns the raw values that a version reads of a star, where they can be given by name
   * @throws AppError BAD_INPUT if it looks at something else
   */
  columns(version: ModelVersion): readonly Input[] {
    const { observes, looked } = this.views.of(version);
    const columns = observes.columns(looked);
    if (columns) return columns;
    throw new AppError(
      "BAD_INPUT",
      `${nameOf(version)} predicts from ${observes.takes}, not from a star's stored values. ${observes.advice}`,
    );
  }

  /**
   * @returns where the version's stars are in the catalogue
   * @throws AppError BAD_INPUT if the catalogue holds nothing that it looks at
   */
  stored(version: ModelVersion): StoredObservations<unknown> {
    const { stored, takes, advice } = this.views.modalityOf(version);
    if (stored) return stored;
    throw new AppError("BAD_INPUT", `${nameOf(version)} predicts from ${takes}, which the catalogue does not hold. ${advice}`);
  }

  /**
   * Prepares observations of one modality, which doubts and refuses them.
   *
   * @returns one per observation, in order
   * @throws AppError BAD_INPUT if the version looks at something else; OVERLOADED, MODEL_UNAVAILABLE
   */
  async prepare<Observed, Ready>(
    { name, takes }: Modality<Observed, Ready>,
    version: ModelVersion,
    observations: readonly Observed[],
  ): Promise<Prepared<Ready>[]> {
    const observes = this.views.modalityOf(version);
    if (observes.name === name) return (await this.preparing.prepare(this.views.of(version), observations)) as Prepared<Ready>[];
    throw new AppError("BAD_INPUT", `${nameOf(version)} predicts from ${observes.takes}, not from ${takes}. ${observes.advice}`);
  }

  /**
   * @param observations of the version's own modality
   * @returns one prediction per observation, in order
   * @throws AppError OVERLOADED, MODEL_UNAVAILABLE, ARTIFACT_TAMPERED
   */
  async predict(version: ModelVersion, observations: readonly unknown[]): Promise<StarPrediction[]> {
    return this.predictPrepared(version, await this.preparing.prepare(this.views.of(version), observations));
  }

  /**
   * @param prepared by `prepare`, for the same version
   * @param synthetic places of stars that are known to be synthetic
   * @returns one prediction per observation, in order; those that were refused have no answer
   * @throws AppError OVERLOADED, MODEL_UNAVAILABLE, ARTIFACT_TAMPERED
   */
  async predictPrepared(version: ModelVersion, prepared: readonly Prepared[], synthetic = NONE): Promise<StarPrediction[]> {
    const view = this.views.of(version);
    const places = [...prepared.keys()].filter((star) => prepared[star]!.refusal === null);
    const usable = places.map((star) => prepared[star] as Usable);
    const inputs = new Float32Array(usable.length * view.looking.width);
    usable.forEach((one, row) => {
      inputs.set(one.inputs, row * view.looking.width);
    });
    const output = await this.batcher.predict(view.runnable, inputs, usable.length);
    const answers = (await judgeStars(view, usable, (star) => synthetic.has(places[star]!), inputs, output)).values();
    return prepared.map((one) => (one.refusal === null ? answers.next().value! : refused(one.refusal)));
  }

  /**
   * Predicts for stars of the catalogue, by what it holds of them.
   *
   * @returns one prediction per id, in order; of a star without an observation none
   * @throws AppError BAD_INPUT if the catalogue holds nothing that the version looks at; as `predict`
   */
  async predictStored(queries: Queries, version: ModelVersion, release: Release, sourceIds: readonly bigint[]): Promise<StarPrediction[]> {
    const stored = this.stored(version);
    const view = this.views.of(version);
    if (sourceIds.length === 0) return [];
    const observations = await stored.read(queries, release, sourceIds, view.looked);
    const places = [...observations.keys()].filter((star) => observations[star] !== null);
    const prepared = await this.preparing.prepare(
      view,
      places.map((star) => observations[star]),
    );
    const synthetic = await this.syntheticPlaces(
      queries,
      view,
      release,
      places.map((star) => sourceIds[star]!),
    );
    const answers = await this.predictPrepared(version, prepared, synthetic);
    const byPlace = new Map(places.map((star, index) => [star, answers[index]!]));
    return sourceIds.map((_, star) => byPlace.get(star) ?? refused(null));
  }

  /** Resolves once the inference worker answers; rejects if it does not start or has died. */
  async ready(): Promise<void> {
    await this.engine.ready();
  }

  /** Ends the workers. */
  async close(): Promise<void> {
    await this.engine.close();
    await this.preparing.close();
  }

  /** Only versions that were trained on a synthetic sky need to know. */
  private async syntheticPlaces(queries: Queries, { version }: VersionView, release: Release, sourceIds: readonly bigint[]) {
    if (!version.synthetic) return NONE;
    const synthetic = await syntheticAmong(queries, release, sourceIds);
    return new Set([...sourceIds.keys()].filter((place) => synthetic.has(sourceIds[place]!)));
  }
}
