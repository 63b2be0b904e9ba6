const NEWLINE = 0x0a;
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

/** @returns the first cell of the last record, a source_id */
export function lastSourceId(csv: Buffer): bigint {
  const start = lastRecord(csv);
  return BigInt(csv.toString("latin1", start, csv.indexOf(COMMA, start)));
}
