import path from "node:path";
import type { MatchObject } from "../../science/crossmatch/match-object";
import { readInThread } from "../bulk/read-in-thread";
import type { PositionChoice } from "./position-columns";

/** Which objects of a stranger's file are wanted. */
export interface ObjectsRequest {
  readonly file: string;
  readonly positions: PositionChoice;
  /** of a file with several */
  readonly table?: string | undefined;
  readonly most: number;
}

/** Numbers of each object, NaN where there is none: arrays pass between threads without a copy of each object. */
export interface PackedObjects {
  readonly ra: Float64Array;
  readonly dec: Float64Array;
  readonly epoch: Float64Array;
  readonly error: Float64Array;
}

export function packObjects(objects: readonly (MatchObject | null)[]): PackedObjects {
  const column = (value: (object: MatchObject) => number | null) =>
    Float64Array.from(objects, (object) => (object === null ? Number.NaN : (value(object) ?? Number.NaN)));
  return {
    ra: column(({ raDeg }) => raDeg),
    dec: column(({ decDeg }) => decDeg),
    epoch: column(({ epoch }) => epoch),
    error: column(({ errorArcsec }) => errorArcsec),
  };
}

function unpackObjects({ ra, dec, epoch, error }: PackedObjects): (MatchObject | null)[] {
  const orNull = (value: number) => (Number.isNaN(value) ? null : value);
  return Array.from(ra, (raDeg, index) =>
    Number.isNaN(raDeg) ? null : { raDeg, decDeg: dec[index]!, epoch: orNull(epoch[index]!), errorArcsec: orNull(error[index]!) },
  );
}

const WORK = {
  script: path.join(__dirname, "objects-worker.js"),
  most: "a table of as many positions",
  advice: "Send the columns of positions alone, as CSV.",
};

/**
 * `readObjects` in a thread of its own.
 *
 * @param signal ends it
 * @throws AppError as readObjects and readInThread do
 */
export async function readObjectsInThread(request: ObjectsRequest, signal: AbortSignal): Promise<(MatchObject | null)[]> {
  return unpackObjects(await readInThread<PackedObjects>({ ...WORK, data: request }, signal));
}
