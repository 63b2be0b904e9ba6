import type { Queries } from "../../../database/database";
import { AppError } from "../../../errors";
import type { TableStream } from "../../../formats/table";
import type { Release } from "../../release";
import { copyParts } from "../load";
import { mergeInto } from "../merge";
import type { GatheringPlan, Merged } from "../plan";
import type { Rejects } from "../rejects";
import { STAGING, stagedCount } from "../staging";
import { joinParts } from "./join-parts";
import { type StoredCurve, storedCurve } from "./light-curve";
import { OpenCurves } from "./open-curves";
import type { ReadPoints } from "./points";
import { COPY_OPTIONS, COPY_TARGET, copyBytes, createCurveStaging } from "./staged-curves";

/** What the light curves of one file are. */
export interface CurveFile {
  readonly release: Release;
  readonly catalogueId: number;
  readonly catalogue: string;
  /** True: by phase, not by time. */
  readonly folded: boolean;
  readonly read: ReadPoints;
  /** Points that may wait in memory. */
  readonly maxPoints?: number;
}

const repeats = (folded: boolean) =>
  folded ? "phase and magnitude came before in the light curve" : "time came before in the light curve";

/** Why each point of a row cannot be kept, with their number. */
function counted(faults: readonly string[]): [string, number][] {
  return [...new Set(faults)].map((fault) => [fault, faults.filter((one) => one === fault).length]);
}

/** Reads a file's points and makes parts of COPY of them, whenever enough are there. */
async function* curveParts(file: CurveFile, curves: OpenCurves, batches: TableStream["batches"], rejects: Rejects) {
  const stored = function* (last: boolean): Generator<StoredCurve> {
    for (const open of curves.take(last)) {
      const curve = storedCurve(open, file.folded);
      if (curve.repeated > 0) rejects.count(repeats(file.folded), curve.repeated);
      yield curve;
    }
  };
  let rowNumber = 0;
  for await (const batch of batches) {
    for (const row of batch) {
      const refused = file.read(row, curves);
      rowNumber++;
      if (refused !== null) curves.leaveOut(refused.reason);
      for (const [fault, count] of counted(curves.takeFaults())) await rejects.add(fault, rowNumber, row, count);
    }
    if (curves.isFull) yield* copyBytes(stored(false));
  }
  yield* copyBytes(stored(true));
  if (rowNumber === 0) throw new AppError("BAD_INPUT", "The table has no rows. Check the query or the export that made it.");
}

/** What was computed from a light curve does not hold for another one in its place. */
async function forgetComputed(queries: Queries, { release, catalogueId }: CurveFile): Promise<void> {
  await queries.query(
    `DELETE FROM variability v USING light_curve l, ${STAGING} s WHERE v.release = $1 AND v.catalogue_id = $2 AND v.method = 'computed'
       AND l.release = v.release AND l.catalogue_id = v.catalogue_id AND l.source_id = v.source_id AND l.band = v.band
       AND s.source_id = l.source_id AND s.band = l.band
       AND (l.time, l.mag, l.mag_error, l.rejected) IS DISTINCT FROM (s.time, s.mag, s.mag_error, s.rejected)`,
    [release, catalogueId],
  );
}

async function mergeCurves(queries: Queries, file: CurveFile): Promise<Merged> {
  const { release, catalogueId, folded } = file;
  await forgetComputed(queries, file);
  const moved = await mergeInto(queries, {
    table: "light_curve",
    scope: { release, catalogue_id: catalogueId },
    keys: ["source_id", "band"],
    values: { folded: String(folded), time: "s.time", mag: "s.mag", mag_error: "s.mag_error", rejected: "s.rejected" },
  });
  return { ...moved, unchanged: (await stagedCount(queries)) - moved.inserted - moved.updated };
}

/**
 * How a table of measurements becomes light curves, one row a star and band. A star's rows may stand anywhere in the
 * file: those that come too far apart to wait for each other in memory are joined in the staging table. A light curve
 * that is stored already is replaced by the file's.
 */
export function lightCurvePlan(file: CurveFile): GatheringPlan {
  return {
    catalogue: file.catalogue,
    async gather(queries, batches, rejects) {
      const curves = new OpenCurves(file.folded, file.maxPoints);
      await createCurveStaging(queries);
      await copyParts(queries, COPY_TARGET, curveParts(file, curves, batches, rejects), undefined, COPY_OPTIONS);
      const repeated = await joinParts(queries, file.folded);
      if (repeated > 0) rejects.count(repeats(file.folded), repeated);
      return { read: curves.read, ...(await mergeCurves(queries, file)) };
    },
  };
}
