import type { Queries } from "../../../database/database";
import { isFlagged } from "../../point-flags";
import { STAGING } from "../staging";
import { type OpenCurve, type StoredCurve, storedCurve } from "./light-curve";
import { COPY_OPTIONS, COPY_TARGET, copyBytes } from "./staged-curves";

/** Light curves that are joined at a time: memory holds their parts. */
const BATCH = 2_000;

interface Part {
  readonly source_id: bigint;
  readonly band: string;
  readonly time: readonly number[];
  readonly mag: readonly number[];
  readonly mag_error: readonly (number | null)[];
  readonly rejected: Uint8Array | null;
}

/** The parts of one light curve, in the order of the file, as if they had come at once. */
function together(parts: readonly Part[]): OpenCurve {
  return {
    sourceId: parts[0]!.source_id,
    band: parts[0]!.band,
    time: parts.flatMap(({ time }) => time),
    mag: parts.flatMap(({ mag }) => mag),
    magError: parts.flatMap(({ time, mag_error }) => time.map((_, index) => mag_error[index] ?? Number.NaN)),
    rejected: parts.flatMap(({ time, rejected }) => time.map((_, index) => isFlagged(rejected, index))),
  };
}

function byCurve(parts: readonly Part[]): Part[][] {
  const curves = new Map<string, Part[]>();
  for (const part of parts) {
    const key = `${part.source_id} ${part.band}`;
    const known = curves.get(key);
    if (known) known.push(part);
    else curves.set(key, [part]);
  }
  return [...curves.values()];
}

/** Takes the parts of some light curves that came in several out of the staging table. */
async function takeParts(queries: Queries): Promise<Part[]> {
  return queries.query<Part>(
    `WITH several AS (SELECT source_id, band FROM ${STAGING} GROUP BY 1, 2 HAVING count(*) > 1 LIMIT ${BATCH}),
       taken AS (DELETE FROM ${STAGING} s USING several t WHERE s.source_id = t.source_id AND s.band = t.band RETURNING s.*)
     SELECT source_id, band, time, mag, mag_error, rejected FROM taken ORDER BY source_id, band, part`,
  );
}

/**
 * Joins the light curves that were staged in parts, since their star's rows are spread through the file.
 *
 * @returns how many points were left out because they repeat one of another part
 */
export async function joinParts(queries: Queries, folded: boolean): Promise<number> {
  let repeated = 0;
  for (;;) {
    const parts = await takeParts(queries);
    if (parts.length === 0) return repeated;
    const joined: StoredCurve[] = byCurve(parts).map((one) => storedCurve(together(one), folded));
    repeated += joined.reduce((sum, curve) => sum + curve.repeated, 0);
    for (const { bytes } of copyBytes(joined)) await queries.copyIn(COPY_TARGET, [bytes], COPY_OPTIONS);
  }
}
