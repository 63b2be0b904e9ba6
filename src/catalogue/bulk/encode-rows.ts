import { CopyRows } from "../../database/copy-binary";
import { escapeText, NULL_TEXT } from "../../database/copy-text";
import { csvLine } from "../../formats/csv/csv-line";
import type { CopyForm, OutputColumn, OutputType } from "../../formats/output-table";

/** A bigint where the column is int64, else a number, a truth value or text; null: no value. */
export type OutputCell = bigint | number | boolean | string | null;

const WRITE: Readonly<Record<OutputType, (rows: CopyRows, cell: OutputCell) => void>> = {
  int64: (rows, cell) => rows.bigint(cell as bigint),
  int32: (rows, cell) => rows.int32(cell as number),
  int16: (rows, cell) => rows.int16(cell as number),
  float64: (rows, cell) => rows.double(cell as number),
  float32: (rows, cell) => rows.real(cell as number),
  boolean: (rows, cell) => rows.boolean(cell as boolean),
  string: (rows, cell) => rows.text(cell as string),
};

function encodeBinary(columns: readonly OutputColumn[], rows: readonly (readonly OutputCell[])[]): Buffer {
  const copy = new CopyRows();
  for (const row of rows) {
    copy.begin(columns.length);
    for (const [index, { type }] of columns.entries()) {
      const cell = row[index]!;
      if (cell === null) copy.bytes(null);
      else WRITE[type](copy, cell);
    }
  }
  return copy.take();
}

/**
 * Rows that did not come from the database, as its COPY would write them: what every writer of tables reads.
 *
 * @param rows each with a cell per column
 */
export function encodeRows(columns: readonly OutputColumn[], rows: readonly (readonly OutputCell[])[], form: CopyForm): Buffer {
  if (form === "binary") return encodeBinary(columns, rows);
  const lines = rows.map((row) =>
    form === "csv"
      ? csvLine(row.map((cell) => (cell === null ? "" : String(cell))))
      : `${row.map((cell) => (cell === null ? NULL_TEXT : escapeText(String(cell)))).join("\t")}\n`,
  );
  return Buffer.from(lines.join(""));
}
