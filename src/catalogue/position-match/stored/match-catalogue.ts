import { analyseAfter } from "../../../database/analyse";
import type { Database, Queries } from "../../../database/database";
import { AppError } from "../../../errors";
import { unlikeliness } from "../../../science/crossmatch/match-error";
import { MATCH_FLAGS } from "../../../science/crossmatch/match-flags";
import type { MatchObject } from "../../../science/crossmatch/match-object";
import type { Ranked } from "../../../science/crossmatch/rank-neighbours";
import { type Catalogue, catalogueNamed } from "../../catalogue";
import { checkEpoch } from "../../region/region-search";
import type { Release } from "../../release";
import { checkMatchRadius } from "../match-file";
import { rankedNeighbours } from "../match-positions";
import { applyMatches } from "./apply-matches";
import { dropMatchRange, MATCHABLE, type MatchJob, type MatchRange, objectsLeft, openJob, takeMatchRange } from "./match-job";

export interface MatchCatalogueSettings extends Omit<MatchJob, "catalogueId"> {
  /** objects a range: what one transaction matches, and what a kill makes undone */
  readonly rangeSize?: number | undefined;
  /** forgets a cross-match that is unfinished */
  readonly restart?: boolean | undefined;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What the catalogue's matches are now. */
export interface CatalogueMatches {
  readonly catalogue: string;
  readonly release: Release;
  /** [arcsec] */
  readonly radius: number;
  /** with a position, and not matched by identifier */
  readonly objects: number;
  readonly matched: number;
  readonly ambiguous: number;
  readonly shared: number;
  /** [arcsec]; null without matches */
  readonly medianSeparation: number | null;
}

/** About a second's work. */
const RANGE_OBJECTS = 10_000;

type ObjectRow = [objectId: string, raDeg: number, decDeg: number, epoch: number | null, errorArcsec: number | null];

/** The objects of a range, each at its own epoch, else at the catalogue's, else at the job's. */
async function readRange(queries: Queries, { catalogueId, epoch, errorArcsec }: MatchJob, { first, last }: MatchRange) {
  const rows = await queries.prepared<ObjectRow>(
    "",
    `SELECT o.object_id, o.ra, o.dec, coalesce(o.epoch, c.epoch, $4::float8), coalesce(o.position_error, $5::float8)
     FROM catalogue_object o JOIN catalogue c ON c.id = o.catalogue_id
     WHERE o.catalogue_id = $1 AND o.object_id BETWEEN $2 AND $3 AND ${MATCHABLE}`,
    [catalogueId, first, last, epoch, errorArcsec],
  );
  return rows.map(([objectId, raDeg, decDeg, ownEpoch, ownError]) => ({
    objectId,
    object: { raDeg, decDeg, epoch: ownEpoch, errorArcsec: ownError } satisfies MatchObject,
  }));
}

async function store(
  queries: Queries,
  { catalogueId, release }: MatchJob,
  found: readonly (Ranked & { objectId: string })[],
): Promise<void> {
  const columns = <T>(value: (match: Ranked & { objectId: string }) => T) => found.map(value);
  await queries.query(
    `INSERT INTO crossmatch_found (catalogue_id, release, object_id, source_id, separation, separation_error, significance, unlikeliness,
       neighbours, flags)
     SELECT $1::smallint, $2::smallint, f.* FROM unnest($3::text[], $4::int8[], $5::float8[], $6::float8[], $7::float8[], $8::float8[],
       $9::int[], $10::int[]) f`,
    [
      catalogueId,
      release,
      columns(({ objectId }) => objectId),
      columns(({ sourceId }) => sourceId),
      columns(({ separation }) => separation),
      columns(({ error }) => error),
      columns(({ significance }) => significance),
      columns(({ separation, error }) => unlikeliness(separation, error)),
      columns(({ neighbours }) => neighbours),
      columns(({ flags }) => flags),
    ],
  );
}

/** @returns whether there was a range to do */
async function doRange(database: Database, job: MatchJob): Promise<boolean> {
  return database.transaction(async (queries) => {
    const range = await takeMatchRange(queries, job);
    if (!range) return false;
    const objects = await readRange(queries, job, range);
    const ranked = await rankedNeighbours(
      (sql) => queries.prepared("", sql, []),
      objects.map(({ object }) => object),
      { ...job, all: false },
    );
    await store(
      queries,
      job,
      objects.flatMap(({ objectId }, index) => ranked[index]!.map((match) => ({ ...match, objectId }))),
    );
    await dropMatchRange(queries, job, range);
    return true;
  });
}

async function matchesOf(queries: Queries, catalogueId: number, release: Release) {
  const [row] = await queries.query<Pick<CatalogueMatches, "objects" | "matched" | "ambiguous" | "shared" | "medianSeparation">>(
    `SELECT (SELECT count(*)::float8 FROM catalogue_object o WHERE o.catalogue_id = $1 AND ${MATCHABLE}) AS objects,
       count(*)::float8 AS matched, count(*) FILTER (WHERE flags & $3::int > 0)::float8 AS ambiguous,
       count(*) FILTER (WHERE flags & $4::int > 0)::float8 AS shared,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY separation) AS "medianSeparation"
     FROM crossmatch WHERE catalogue_id = $1 AND release = $2 AND method = 'position'`,
    [catalogueId, release, MATCH_FLAGS.AMBIGUOUS, MATCH_FLAGS.SHARED],
  );
  return row!;
}

/** @throws AppError BAD_INPUT if no object of the catalogue is to be matched */
async function requirePositions(queries: Queries, { id, name }: Catalogue): Promise<void> {
  const [row] = await queries.query<{ any: boolean }>(
    `SELECT EXISTS (SELECT FROM catalogue_object o WHERE o.catalogue_id = $1 AND ${MATCHABLE}) AS any`,
    [id],
  );
  if (row!.any) return;
  const advice = "Ingest it with `ra` and `dec`, or `position`, in its mapping";
  throw new AppError("BAD_INPUT", `No object of '${name}' has a position without a source_id: there is nothing to match. ${advice}.`);
}

/**
 * Matches the objects of a catalogue that have a position and no source_id with the stars of a release, range by range, each
 * in one transaction: killed at any moment and run again, nothing is lost or doubled. Several processes on one PostgreSQL share
 * the ranges. Once all are done the matches take the place of the catalogue's earlier ones, as a whole.
 *
 * @throws AppError NOT_FOUND for an unknown catalogue, BAD_INPUT for settings that cannot be meant or a catalogue without positions,
 *   CONFLICT for a synthetic one or if a cross-match with other settings is unfinished
 */
export async function matchCatalogue(
  database: Database,
  name: string,
  { rangeSize = RANGE_OBJECTS, restart = false, onProgress, ...settings }: MatchCatalogueSettings,
): Promise<CatalogueMatches> {
  checkMatchRadius(settings.radiusArcsec);
  checkEpoch(settings.epoch);
  const catalogue = await catalogueNamed(database, name);
  if (catalogue.synthetic)
    throw new AppError("CONFLICT", `'${catalogue.name}' belongs to the synthetic sky, whose objects are matched already.`);
  await requirePositions(database, catalogue);
  const job: MatchJob = { ...settings, catalogueId: catalogue.id };
  await openJob(database, job, rangeSize, restart);
  const total = await objectsLeft(database, job);
  while (await doRange(database, job)) onProgress?.(total - (await objectsLeft(database, job)), total);
  await applyMatches(database, job);
  const matches = await matchesOf(database, catalogue.id, job.release);
  await analyseAfter(database, matches.matched, ["crossmatch", "photometry", "survey_label", "survey_label_value"]);
  return { catalogue: catalogue.name, release: job.release, radius: job.radiusArcsec, ...matches };
}
