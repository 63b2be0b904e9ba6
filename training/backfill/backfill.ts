import type { Release } from "../../src/catalogue/release";
import { starsLacking } from "../../src/catalogue/stars-lacking";
import type { Database } from "../../src/database/database";
import type { Predictor } from "../../src/models/predictor";
import type { ModelVersion } from "../../src/models/registry/registry";
import { cutRanges, dropRange, type Job, starsLeft, takeRange } from "./ranges";
import { storeAnswers } from "./store-answers";

export interface BackfillSettings {
  /** Gaia data release */
  readonly release: Release;
  /** stars a range: what one transaction writes, and what a kill makes undone; as the modality says when absent */
  readonly rangeSize?: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What this process did; others may have shared the work. */
export interface BackfillSummary {
  readonly model: string;
  readonly version: number;
  readonly release: Release;
  /** stars that this process went through */
  readonly stars: number;
  /** of them, stars that have no answer: nothing known of them, or no answer that is a number */
  readonly unpredicted: number;
}

/**
 * Writes a version's predictions for every star of a release that has what the version looks at and lacks them, range by range, each in one
 * transaction: killed at any moment and run again, nothing is lost or doubled. Several processes on one PostgreSQL
 * share the ranges. It ends when no star lacks the version, those that came in meanwhile included.
 *
 * @throws AppError BAD_INPUT if the catalogue holds nothing that the version looks at; as Predictor.predictStored does
 */
export async function backfill(
  database: Database,
  predictor: Predictor,
  version: ModelVersion,
  { release, rangeSize, onProgress }: BackfillSettings,
): Promise<BackfillSummary> {
  const job: Job = { modelVersionId: version.id, release };
  const stored = predictor.stored(version);
  const cut = () => cutRanges(database, job, stored, rangeSize ?? stored.rangeSize);
  const summary = { model: version.model, version: version.version, release, stars: 0, unpredicted: 0 };
  for (let total = await cut(); total > 0; total = await cut()) {
    onProgress?.(0, total);
    for (let done = await doRange(database, predictor, version, job); done; done = await doRange(database, predictor, version, job)) {
      summary.stars += done.stars;
      summary.unpredicted += done.unpredicted;
      onProgress?.(total - (await starsLeft(database, job)), total);
    }
  }
  return summary;
}

/** @returns null if no range is left */
async function doRange(database: Database, predictor: Predictor, version: ModelVersion, job: Job) {
  const { stars } = predictor.stored(version);
  return database.transaction(async (queries) => {
    const range = await takeRange(queries, job);
    if (!range) return null;
    const sourceIds = await starsLacking(queries, stars, version.id, range);
    const answers = await predictor.predictStored(queries, version, job.release, sourceIds);
    const answered = answers.map((answer, star) => ({ sourceId: sourceIds[star]!, answer }));
    const unpredicted = await storeAnswers(queries, job, answered);
    await dropRange(queries, job, range);
    return { stars: sourceIds.length, unpredicted };
  });
}
