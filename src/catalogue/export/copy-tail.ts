import { lastInt8 } from "../../formats/copy/copy-binary";
import type { CopyForm } from "../../formats/output-table";

const NEWLINE = 0x0a;
const TAB = 0x09;
const QUOTE = 0x22;
const COMMA = 0x2c;

/**
 * Where the last record of CSV text begins, which ends with its last newline. Read backwards: a newline behind which
 * the quotes are even in number stands between records, any other one within a quoted cell.
 */
function lastRecord(csv: Uint8Array): number {
  let evenQuotes = true;
  for (let place = csv.length - 2; place >= 0; place--) {
    if (csv[place] === QUOTE) evenQuotes = !evenQuotes;
    else if (csv[place] === NEWLINE && evenQuotes) return place + 1;
  }
  return 0;
}

/** The first cell of the last line or record, which begins at `start` and has more cells. */
const firstCell = (copied: Buffer, start: number, delimiter: number): bigint =>
  BigInt(copied.toString("latin1", start, copied.indexOf(delimiter, start)));

/** @returns the first value of the last row that COPY wrote, a source_id; null if there are no rows */
export function lastSourceId(copied: Buffer, form: CopyForm): bigint | null {
  if (form === "binary") return lastInt8(copied);
  if (copied.length === 0) return null;
  // In COPY's text format a newline always ends a line.
  if (form === "text") return firstCell(copied, copied.lastIndexOf(NEWLINE, -2) + 1, TAB);
  return firstCell(copied, lastRecord(copied), COMMA);
}
