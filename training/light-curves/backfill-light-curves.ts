import { lightCurvesOf } from "../../src/catalogue/light-curve";
import { lacks } from "../../src/catalogue/prediction";
import type { Release } from "../../src/catalogue/release";
import { variabilityOf } from "../../src/catalogue/variability";
import type { Database, Queries } from "../../src/database/database";
import { type Folding, foldLightCurve } from "../../src/features/light-curve/fold-light-curve";
import { storedCurve } from "../../src/features/light-curve/stored-curve";
import { predictLightCurves } from "../../src/models/light-curve-predictions";
import type { Predictor } from "../../src/models/predictor";
import type { ModelVersion } from "../../src/models/registry/registry";
import { unanswered } from "../../src/models/star-prediction";
import type { BackfillSummary } from "../backfill/backfill";
import { storeAnswers } from "../backfill/store-answers";

/** Stars of one transaction: a second's work, and what a kill makes undone. */
const STARS = 200;

/** First half of the advisory lock's key; the second is the version's. */
const LOCK = 0x63757276;

/**
 * SQL: stars that have a light curve in G and have not been through the version's backfill. Of another kind of
 * variable a metallicity of RR Lyrae says nothing.
 */
const LACKING = `light_curve s WHERE s.release = $2 AND s.band = 'G' AND ${lacks("$1", "range")}
  AND NOT EXISTS (SELECT FROM variability v WHERE v.release = s.release AND v.source_id = s.source_id AND v.type NOT LIKE 'RR%')`;

async function countLacking(queries: Queries, version: ModelVersion, release: Release): Promise<number> {
  const [row] = await queries.query<{ n: bigint }>(`SELECT count(DISTINCT s.source_id) AS n FROM ${LACKING}`, [version.id, release]);
  return Number(row!.n);
}

/** What a light curve that cannot be used is kept as: a star without an answer. */
const REFUSED = unanswered({ flags: 0, inputsMissing: [], inputsOutsideLimits: [] }, "no-input");

async function foldStored(queries: Queries, release: Release, sourceIds: readonly bigint[]): Promise<Folding[]> {
  const curves = await lightCurvesOf(queries, release, sourceIds);
  const variability = await variabilityOf(queries, release, sourceIds);
  return sourceIds.map((_, star): Folding => {
    const stored = storedCurve(curves[star]!, variability[star]!);
    if (!stored) return { curve: null, refusal: "NO_POINTS" };
    const folding = foldLightCurve(stored.points, stored.period ?? Number.NaN);
    return folding.refusal === null && stored.doubtful ? { ...folding, doubts: [...folding.doubts, "PERIOD_DOUBTFUL"] } : folding;
  });
}

/** @returns null if no star behind `after` lacks the version */
async function doStars(database: Database, predictor: Predictor, version: ModelVersion, release: Release, after: bigint) {
  return database.transaction(async (queries) => {
    // Of several processes one works at a time: the same stars are never done twice.
    await queries.query("SELECT pg_advisory_xact_lock($1, $2)", [LOCK, version.id]);
    const rows = await queries.query<{ source_id: bigint }>(
      `SELECT DISTINCT s.source_id FROM ${LACKING} AND s.source_id > $3 ORDER BY 1 LIMIT ${STARS}`,
      [version.id, release, after],
    );
    if (rows.length === 0) return null;
    const sourceIds = rows.map(({ source_id }) => source_id);
    const answers = await predictLightCurves(predictor, version, await foldStored(queries, release, sourceIds));
    const stored = answers.map((answer, star) => ({ sourceId: sourceIds[star]!, answer: answer ?? REFUSED }));
    const unpredicted = await storeAnswers(queries, { modelVersionId: version.id, release }, stored);
    return { last: sourceIds.at(-1)!, stars: sourceIds.length, unpredicted };
  });
}

/**
 * Writes a version's predictions for every star with a light curve in G that lacks them, some stars a transaction:
 * killed at any moment and run again, nothing is lost or doubled. Periods are those that are known; one that is not is
 * searched for.
 *
 * @throws AppError as predictLightCurves does
 */
export async function backfillLightCurves(
  database: Database,
  predictor: Predictor,
  version: ModelVersion,
  release: Release,
  onProgress?: (done: number, total: number) => void,
): Promise<BackfillSummary> {
  const total = await countLacking(database, version, release);
  const summary = { model: version.model, version: version.version, release, stars: 0, unpredicted: 0 };
  onProgress?.(0, total);
  for (let after = -1n; ; ) {
    const done = await doStars(database, predictor, version, release, after);
    if (!done) return summary;
    after = done.last;
    summary.stars += done.stars;
    summary.unpredicted += done.unpredicted;
    onProgress?.(Math.min(summary.stars, total), total);
  }
}
