import type { Database, Queries } from "../../../database/database";
import { takeRow } from "../../../database/take-row";
import { AppError } from "../../../errors";
import type { Release } from "../../release";

/** A cross-match by position: which catalogue's objects are matched with the stars of which release, and how. */
export interface MatchJob {
  readonly catalogueId: number;
  readonly release: Release;
  readonly radiusArcsec: number;
  /** [Julian yr] of objects for which neither they nor the catalogue say one */
  readonly epoch: number | null;
  /** [arcsec] of objects that say none */
  readonly errorArcsec: number | null;
}

/** Objects by identifier, a piece of a job still to do. */
export interface MatchRange {
  readonly first: string;
  readonly last: string;
  /** those to be matched when the range was cut */
  readonly objects: number;
}

/** First half of the advisory lock's key; the second is the catalogue's. */
const JOB_LOCK = 0x6d617463;

/** Of two processes one begins or ends a catalogue's job, and the other waits until its transaction ends. */
export const lockJob = (queries: Queries, { catalogueId }: Pick<MatchJob, "catalogueId">) =>
  queries.query("SELECT pg_advisory_xact_lock($1, $2)", [JOB_LOCK, catalogueId]);

/** Objects `o` that have a position, and of which the catalogue does not say which star they are. */
export const MATCHABLE = `o.ra IS NOT NULL AND o.dec IS NOT NULL AND NOT EXISTS (SELECT FROM crossmatch i
  WHERE i.catalogue_id = o.catalogue_id AND i.object_id = o.object_id AND i.method = 'identifier')`;

/** What a job under way was begun with. @returns null where there is none */
async function settingsUnderWay(
  queries: Queries,
  { catalogueId, release }: MatchJob,
): Promise<Pick<MatchJob, "radiusArcsec" | "epoch" | "errorArcsec"> | null> {
  const [found] = await queries.query<Pick<MatchJob, "radiusArcsec" | "epoch" | "errorArcsec">>(
    `SELECT radius AS "radiusArcsec", epoch, position_error AS "errorArcsec" FROM crossmatch_job WHERE catalogue_id = $1 AND release = $2`,
    [catalogueId, release],
  );
  return found ?? null;
}

/** @returns whether there is a job of this catalogue and release */
export const isUnderWay = async (queries: Queries, job: MatchJob): Promise<boolean> => (await settingsUnderWay(queries, job)) !== null;

/** Forgets a job with what it has found so far. */
export async function forgetJob(queries: Queries, { catalogueId, release }: Pick<MatchJob, "catalogueId" | "release">): Promise<void> {
  for (const table of ["crossmatch_range", "crossmatch_found", "crossmatch_job"])
    await queries.query(`DELETE FROM ${table} WHERE catalogue_id = $1 AND release = $2`, [catalogueId, release]);
}

async function begin(queries: Queries, job: MatchJob, size: number): Promise<void> {
  const { catalogueId, release, radiusArcsec, epoch, errorArcsec } = job;
  await queries.query("INSERT INTO crossmatch_job (catalogue_id, release, radius, epoch, position_error) VALUES ($1, $2, $3, $4, $5)", [
    catalogueId,
    release,
    radiusArcsec,
    epoch,
    errorArcsec,
  ]);
  await queries.query(
    `INSERT INTO crossmatch_range (catalogue_id, release, first_object_id, last_object_id, objects)
     SELECT $1::smallint, $2::smallint, min(object_id), max(object_id), count(*)
     FROM (SELECT o.object_id, (row_number() OVER (ORDER BY o.object_id) - 1) / $3 AS piece
       FROM catalogue_object o WHERE o.catalogue_id = $1 AND ${MATCHABLE}) matchable
     GROUP BY piece`,
    [catalogueId, release, size],
  );
}

/**
 * Begins a job, or takes up one that was begun with the same settings: of processes that start at once one begins.
 *
 * @param size objects of a range
 * @param restart whether a job under way is forgotten
 * @throws AppError CONFLICT if one is under way with other settings
 */
export async function openJob(database: Database, job: MatchJob, size: number, restart: boolean): Promise<void> {
  await database.transaction(async (queries) => {
    await lockJob(queries, job);
    if (restart) await forgetJob(queries, job);
    const before = await settingsUnderWay(queries, job);
    if (before === null) return begin(queries, job, size);
    const isSame = (["radiusArcsec", "epoch", "errorArcsec"] as const).every((name) => before[name] === job[name]);
    if (isSame) return;
    const settings = `radius ${before.radiusArcsec}", epoch ${before.epoch ?? "none"}, error ${before.errorArcsec ?? "none"}`;
    throw new AppError(
      "CONFLICT",
      `A cross-match of this catalogue is unfinished (${settings}). Run it with the same options to finish it, or begin anew with --restart.`,
    );
  });
}

/** @returns objects in the ranges still to do, those in work by any process included */
export async function objectsLeft(queries: Queries, { catalogueId, release }: MatchJob): Promise<number> {
  const [row] = await queries.query<{ objects: number }>(
    "SELECT coalesce(sum(objects), 0)::float8 AS objects FROM crossmatch_range WHERE catalogue_id = $1 AND release = $2",
    [catalogueId, release],
  );
  return row!.objects;
}

/** Takes the next range for this transaction. @returns null if none is left */
export const takeMatchRange = (queries: Queries, { catalogueId, release }: MatchJob): Promise<MatchRange | null> =>
  takeRow(
    queries,
    `SELECT first_object_id AS first, last_object_id AS last, objects FROM crossmatch_range
     WHERE catalogue_id = $1 AND release = $2 ORDER BY first_object_id`,
    [catalogueId, release],
  );

/** Strikes a range off, in the transaction that finds its objects' stars. */
export async function dropMatchRange(queries: Queries, { catalogueId, release }: MatchJob, { first }: MatchRange): Promise<void> {
  await queries.query("DELETE FROM crossmatch_range WHERE catalogue_id = $1 AND release = $2 AND first_object_id = $3", [
    catalogueId,
    release,
    first,
  ]);
}
