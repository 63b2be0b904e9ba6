import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Table, tableFromIPC } from "apache-arrow";
import { parse } from "csv-parse/sync";
import type { TableFormatName } from "../../src/formats/table-formats";
import { readTable } from "./table-files";

/** A row by the names of its columns; every value as text, null where there is none, so that formats can be compared. */
export type TextRow = Readonly<Record<string, string | null>>;

/** The same single-precision number has more digits where a format widened it to double precision. */
function text(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === "number" ? String(Number(value.toPrecision(7))) : String(value);
}

const textRow = (row: Readonly<Record<string, unknown>>): TextRow =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, text(value)]));

function fromArrow(table: Table): Record<string, unknown>[] {
  const columns = table.schema.fields.map(({ name }, index) => [name, table.getChildAt(index)] as const);
  return Array.from({ length: table.numRows }, (_, row) =>
    Object.fromEntries(columns.map(([name, column]) => [name, column?.get(row) as unknown])),
  );
}

async function fromParquet(bytes: Buffer): Promise<Record<string, unknown>[]> {
  const { parquetReadObjects } = await import("hyparquet");
  const file = new Uint8Array(bytes).buffer;
  return parquetReadObjects({ file });
}

/** Formats that asterism reads itself. */
async function fromOwn(bytes: Buffer, name: string): Promise<Record<string, unknown>[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "asterism-table-"));
  try {
    const file = path.join(folder, name);
    await writeFile(file, bytes);
    const { names, rows } = await readTable(file);
    return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])));
  } finally {
    await rm(folder, { recursive: true });
  }
}

const asNumber = (cell: string) => (/^-?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(cell) && !/^-?\d{16,}$/.test(cell) ? Number(cell) : cell);

/** The rows of a CSV file; an empty cell is null, as it is for PostgreSQL. */
function fromCsv(bytes: Buffer): Record<string, unknown>[] {
  const cast = (cell: string, { header, quoting }: { header: boolean; quoting: boolean }) =>
    header ? cell : cell === "" && !quoting ? null : quoting ? cell : asNumber(cell);
  return parse(bytes, { columns: true, cast });
}

/** @returns the rows of a table file of the format, in its order */
export async function decodeTable(format: TableFormatName, bytes: Buffer): Promise<TextRow[]> {
  const decoders: Record<TableFormatName, () => Record<string, unknown>[] | Promise<Record<string, unknown>[]>> = {
    csv: () => fromCsv(bytes),
    ecsv: () => fromOwn(bytes, "table.ecsv"),
    ndjson: () =>
      bytes
        .toString()
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    votable: () => fromOwn(bytes, "table.vot"),
    parquet: () => fromParquet(bytes),
    arrow: () => fromArrow(tableFromIPC(bytes)),
  };
  return (await decoders[format]()).map(textRow);
}
