import type { Database, Parameter, Queries } from "../../database/database";
import { AppError } from "../../errors";
import { SOURCE_ID_LEVEL, sourceIdsOfPixels } from "../../science/sky/healpix";
import { areaOf } from "../../science/sky/region-area";
import { literal } from "../bulk/select";
import { type FilteredSurveys, filteredSurveys } from "../filtered-surveys";
import { candidatesSql, idRanges } from "../region/region-candidates";
import type { SkyRegion } from "../region/region-sql";
import type { Release } from "../release";
import { type Bind, filterSql, type StarFilter } from "../star-filter";

/** The stars to count. */
export interface CountedStars {
  readonly release: Release;
  readonly filter: StarFilter;
  /** absent: the whole sky */
  readonly region?: SkyRegion;
  /** [Julian yr] epoch of the positions */
  readonly epoch?: number | null;
}

export interface Count {
  readonly stars: number;
  readonly relation: "EXACT" | "AT_LEAST" | "ESTIMATED";
}

/** Counting this many takes about 10 ms if they are in memory; an API should not count a whole survey. */
export const MAX_COUNTED = 100_000;

/** [ms] Limit for counting; a very selective filter scans all stars. */
const COUNTING_MS = 2_000;

/** PostgreSQL's code for a statement that exceeded its time limit. */
const QUERY_CANCELED = "57014";

/** [sr] */
const PIXEL_AREA = (4 * Math.PI) / (12 * 4 ** SOURCE_ID_LEVEL);
const { lowest, highest } = sourceIdsOfPixels(0, 0);
const IDS_A_PIXEL = Number(highest - lowest + 1n);

/** Collects the parameters of one statement. */
function binding(): { parameters: Parameter[]; bind: Bind } {
  const parameters: Parameter[] = [];
  return { parameters, bind: (value) => `$${parameters.push(value)}` };
}

/** @returns FROM and WHERE of the stars */
function fromSql({ release, filter, region, epoch = null }: CountedStars, bind: Bind, surveys: FilteredSurveys): string {
  if (region) return candidatesSql({ release, filter, region, epoch }, region, bind, surveys);
  return `FROM star s WHERE s.release = ${literal(release)} AND ${filterSql(filter, bind, surveys)}`;
}

async function countUpTo(database: Database, stars: CountedStars, most: number, surveys: FilteredSurveys): Promise<Count> {
  const { parameters, bind } = binding();
  const sql = `SELECT count(*)::int4 AS stars FROM (SELECT ${fromSql(stars, bind, surveys)} LIMIT ${bind(most + 1)}) AS found`;
  const [row] = await database.transaction(async (queries) => {
    await queries.script(`SET LOCAL statement_timeout = ${COUNTING_MS}`);
    return queries.query<{ stars: number }>(sql, parameters);
  });
  return row!.stars > most ? { stars: most, relation: "AT_LEAST" } : { stars: row!.stars, relation: "EXACT" };
}

/** The number of rows of `star s` that PostgreSQL expects under a condition, from its statistics; reads no data. */
async function plannedRows(queries: Queries, condition: string, parameters: readonly Parameter[]): Promise<number> {
  const [row] = await queries.query<{ "QUERY PLAN": readonly { Plan: { "Plan Rows": number } }[] }>(
    `EXPLAIN (FORMAT JSON) SELECT FROM star s WHERE ${condition}`,
    parameters,
  );
  return row!["QUERY PLAN"][0]!.Plan["Plan Rows"];
}

/** The statistics give the number of ids in the ranges that cover the region; scale it by the ratio of areas. */
async function estimate(
  queries: Queries,
  { release, filter, region, epoch = null }: CountedStars,
  surveys: FilteredSurveys,
): Promise<Count> {
  const { parameters, bind } = binding();
  const conditions = [`s.release = ${literal(release)}`, filterSql(filter, bind, surveys)];
  let share = 1;
  if (region) {
    const ranges = idRanges(region, epoch);
    conditions.push(
      `(${ranges.map((range) => `s.source_id BETWEEN ${literal(range.lowest)} AND ${literal(range.highest)}`).join(" OR ")})`,
    );
    const pixels = ranges.reduce((sum, range) => sum + Number(range.highest - range.lowest + 1n) / IDS_A_PIXEL, 0);
    share = Math.min(1, areaOf(region) / (pixels * PIXEL_AREA));
  }
  const rows = await plannedRows(queries, conditions.join(" AND "), parameters);
  return { stars: Math.round(rows * share), relation: "ESTIMATED" };
}

const ranOutOfTime = (error: unknown) => (error as { code?: unknown }).code === QUERY_CANCELED;

/**
 * The number of matching stars: estimated from PostgreSQL's statistics, which takes a millisecond on any table, or counted up
 * to a limit.
 *
 * @param exactUpTo counts up to this many; 0: estimates. If counting takes more than 2 s, the result is an estimate.
 * @throws AppError BAD_INPUT for a limit above MAX_COUNTED or an invalid filter, NOT_FOUND for an unknown survey
 */
export async function countStars(database: Database, stars: CountedStars, exactUpTo: number): Promise<Count> {
  if (!(exactUpTo >= 0 && exactUpTo <= MAX_COUNTED))
    throw new AppError("BAD_INPUT", `exactUpTo must be from 0 (an estimate) to ${MAX_COUNTED}, not ${exactUpTo}.`);
  const surveys = await filteredSurveys(database, stars.filter, stars.release);
  if (exactUpTo === 0) return estimate(database, stars, surveys);
  try {
    return await countUpTo(database, stars, exactUpTo, surveys);
  } catch (error) {
    if (!ranOutOfTime(error)) throw error;
    return estimate(database, stars, surveys);
  }
}
