import { CopyRows } from "../../../database/copy-binary";
import type { Queries } from "../../../database/database";
import { DROP_STAGING, STAGING } from "../staging";
import type { StoredCurve } from "./light-curve";

/** The staging table's columns, in the order in which they are copied. */
export const COPY_TARGET = `${STAGING} (source_id, band, time, mag, mag_error, rejected)`;
export const COPY_OPTIONS = "(FORMAT binary)";
/** Bytes of one COPY: enough that its start costs nothing, little enough that it runs while the next is made. */
const PART_BYTES = 1 << 22;

/** Creates the staging table, for the transaction that `queries` runs in. */
export async function createCurveStaging(queries: Queries): Promise<void> {
  await queries.script(`SET LOCAL work_mem = '128MB'; ${DROP_STAGING};
    CREATE TEMP TABLE ${STAGING} (part bigint GENERATED ALWAYS AS IDENTITY, source_id bigint, band text, time float8[], mag real[],
      mag_error real[], rejected bytea) ON COMMIT DROP`);
}

function addRow(rows: CopyRows, curve: StoredCurve): void {
  rows.begin(6);
  rows.bigint(curve.sourceId);
  rows.text(curve.band);
  rows.doubles(curve.time);
  rows.reals(curve.mag);
  rows.reals(curve.magError);
  rows.bytes(curve.rejected);
}

/** Makes light curves the bytes of COPY, in parts. */
export function* copyBytes(curves: Iterable<StoredCurve>): Generator<{ readonly bytes: Buffer }> {
  const rows = new CopyRows();
  for (const curve of curves) {
    addRow(rows, curve);
    if (rows.size >= PART_BYTES) yield { bytes: rows.take() };
  }
  if (rows.size > 0) yield { bytes: rows.take() };
}
