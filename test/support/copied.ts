import type { CopyForm, OutputColumn } from "../../src/formats/output-table";

/** A bigint where the column is int64, else a number, a truth value or text. */
export type OutputCell = bigint | number | boolean | string | null;
export type OutputRow = readonly OutputCell[];

const WIDTHS = { int64: 8, int32: 4, int16: 2, float64: 8, float32: 4, boolean: 1 } as const;

function field(type: OutputColumn["type"], cell: OutputCell): Buffer {
  if (cell === null) return Buffer.from([255, 255, 255, 255]);
  const value = Buffer.alloc(type === "string" ? Buffer.byteLength(String(cell)) : WIDTHS[type]);
  const write = {
    int64: () => value.writeBigInt64BE(cell as bigint),
    int32: () => value.writeInt32BE(cell as number),
    int16: () => value.writeInt16BE(cell as number),
    float64: () => value.writeDoubleBE(cell as number),
    float32: () => value.writeFloatBE(cell as number),
    boolean: () => value.writeUInt8(Number(cell)),
    string: () => value.write(String(cell)),
  };
  write[type]();
  const length = Buffer.alloc(4);
  length.writeInt32BE(value.length);
  return Buffer.concat([length, value]);
}

function binary(types: readonly OutputColumn["type"][], rows: readonly OutputRow[]): Buffer {
  const count = Buffer.alloc(2);
  count.writeInt16BE(types.length);
  const header = Buffer.concat([Buffer.from("PGCOPY\n\xff\r\n\0", "latin1"), Buffer.alloc(8)]);
  const fields = rows.flatMap((row) => [count, ...types.map((type, index) => field(type, row[index]!))]);
  return Buffer.concat([header, ...fields, Buffer.from([255, 255])]);
}

const escapeText = (text: string) => text.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n");
const quoted = (text: string) => (/[",\n]/.test(text) || text === "" ? `"${text.replaceAll('"', '""')}"` : text);

/** @returns rows as PostgreSQL's COPY writes them */
export function copied(form: CopyForm, types: readonly OutputColumn["type"][], rows: readonly OutputRow[]): Buffer {
  if (form === "binary") return binary(types, rows);
  const cell = (value: OutputCell) =>
    form === "csv" ? (value === null ? "" : quoted(String(value))) : value === null ? "\\N" : escapeText(String(value));
  return Buffer.from(rows.map((row) => `${row.map(cell).join(form === "csv" ? "," : "\t")}\n`).join(""));
}
