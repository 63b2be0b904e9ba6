import path from "node:path";
import type { Database } from "../../database/database";
import { AppError } from "../../errors";
import { openTable, type TableChoice } from "../../formats/open-table";
import { TABLE_FORMATS, type TableFormatName } from "../../formats/table-formats";
import type { Match } from "../../science/crossmatch/match-back";
import { MATCH_FLAGS } from "../../science/crossmatch/match-flags";
import { median } from "../../science/statistics";
import { aboutFile, type Origin, UNEXPLAINED } from "../bulk/about";
import { writeAtomically } from "../bulk/atomic-file";
import { type MatchSettings, matchPositions } from "./match-positions";
import { MatchedTable } from "./matched-table";
import type { PositionChoice } from "./position-columns";
import { type ReadObjects, readObjects } from "./read-objects";

/** [arcsec] A wider search is one of regions, and would give back whole fields of stars. */
export const MAX_MATCH_RADIUS = 300;

/** What is matched, and how. */
export interface MatchFileRequest extends MatchSettings {
  readonly positions: PositionChoice;
  /** which table of a file */
  readonly choice?: TableChoice;
  readonly origin?: Origin;
}

/** What was written. */
export interface MatchSummary {
  readonly file: string;
  readonly release: number;
  /** [arcsec] */
  readonly radius: number;
  /** of the input */
  readonly objects: number;
  readonly withoutPosition: number;
  readonly matched: number;
  /** matched ones of which another star is nearly as likely */
  readonly ambiguous: number;
  /** matched ones whose star is the best match of another object too */
  readonly shared: number;
  /** [arcsec] of the best matches; null without any */
  readonly medianSeparation: number | null;
  /** of the output: as many as objects, or more where all neighbours are wanted */
  readonly rows: number;
  /** [byte] */
  readonly bytes: number;
  /** columns of the input that hold arrays, which were left out */
  readonly leftOut: readonly string[];
}

/** @throws AppError BAD_INPUT for a radius that is not above 0 and at most MAX_MATCH_RADIUS */
export function checkMatchRadius(radiusArcsec: number): void {
  if (radiusArcsec > 0 && radiusArcsec <= MAX_MATCH_RADIUS) return;
  const advice = "Wider searches are those of regions";
  throw new AppError("BAD_INPUT", `The radius must be above 0 and at most ${MAX_MATCH_RADIUS} arcsec, not ${radiusArcsec}. ${advice}.`);
}

function countMatches({ objects }: ReadObjects, matches: readonly (readonly Match[])[]) {
  const best = matches.flatMap(([first]) => (first === undefined ? [] : [first]));
  const flagged = (flag: number) => best.filter(({ flags }) => flags & flag).length;
  return {
    objects: objects.length,
    withoutPosition: objects.filter((object) => object === null).length,
    matched: best.length,
    ambiguous: flagged(MATCH_FLAGS.AMBIGUOUS),
    shared: flagged(MATCH_FLAGS.SHARED),
    medianSeparation: best.length === 0 ? null : median(best.map(({ separation }) => separation)),
  };
}

/**
 * Matches the objects of a table with the stars of the database and writes the table with its matches, in its own order, to
 * another file, which appears whole or not at all. The table is read twice, so that no more than positions are held.
 *
 * @throws AppError as openTable, readObjects and writeAtomically do
 */
export async function matchFile(
  database: Database,
  input: string,
  { positions, choice = {}, origin = UNEXPLAINED, ...settings }: MatchFileRequest,
  format: TableFormatName,
  output: string,
): Promise<MatchSummary> {
  const { release, radiusArcsec } = settings;
  checkMatchRadius(radiusArcsec);
  const name = path.basename(input);
  const read = await readObjects(await openTable(input, choice), name, positions);
  const matches = await matchPositions((sql) => database.bulkRows(sql), read.objects, settings);
  const table = new MatchedTable(await openTable(input, choice), read, matches);
  const about = aboutFile(`objects of ${name} and the stars within ${radiusArcsec} arcsec of them`, release, origin);
  const { reads, write: writeTable } = TABLE_FORMATS[format];
  let bytes = 0;
  await writeAtomically(output, async (write) => {
    for await (const piece of writeTable(table.columns, table.copied(reads), about)) {
      bytes += piece.length;
      await write(piece);
    }
  });
  const leftOut = table.leftOut;
  return { file: output, release, radius: radiusArcsec, ...countMatches(read, matches), rows: table.rows, bytes, leftOut };
}
