import { stellarRowsLacking } from "../../src/catalogue/stellar-rows";
import type { Database } from "../../src/database/database";
import type { Predictor } from "../../src/models/predictor";
import type { ModelVersion } from "../../src/models/registry/registry";
import { cutRanges, dropRange, type Job, starsLeft, takeRange } from "./ranges";
import { storeAnswers } from "./store-answers";

export interface BackfillSettings {
  /** Gaia data release */
  readonly release: number;
  /** stars a range: what one transaction writes, and what a kill makes undone */
  readonly rangeSize: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What this process did; others may have shared the work. */
export interface BackfillSummary {
  readonly model: string;
  readonly version: number;
  readonly release: number;
  /** stars that this process went through */
  readonly stars: number;
  /** of them, stars that have no answer: nothing known of them, or no answer that is a number */
  readonly unpredicted: number;
}

/**
 * Writes a version's predictions for every star of a release that lacks them, range by range, each in one
 * transaction: killed at any moment and run again, nothing is lost or doubled. Several processes on one PostgreSQL
 * share the ranges. It ends when no star lacks the version, those that came in meanwhile included.
 *
 * @throws AppError as Predictor.predict does
 */
export async function backfill(
  database: Database,
  predictor: Predictor,
  version: ModelVersion,
  { release, rangeSize, onProgress }: BackfillSettings,
): Promise<BackfillSummary> {
  const job: Job = { modelVersionId: version.id, release };
  const summary = { model: version.model, version: version.version, release, stars: 0, unpredicted: 0 };
  for (let total = await cutRanges(database, job, rangeSize); total > 0; total = await cutRanges(database, job, rangeSize)) {
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
  return database.transaction(async (queries) => {
    const range = await takeRange(queries, job);
    if (!range) return null;
    const stars = await stellarRowsLacking(queries, version.id, range, predictor.columns(version));
    const answers = await predictor.predict(
      version,
      stars.map(({ row }) => row),
    );
    const answered = answers.map((answer, star) => ({ sourceId: stars[star]!.sourceId, answer }));
    const unpredicted = await storeAnswers(queries, job, answered);
    await dropRange(queries, job, range);
    return { stars: stars.length, unpredicted };
  });
}
