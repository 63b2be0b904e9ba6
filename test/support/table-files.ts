import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type OpenOptions, openTable } from "../../src/formats/open-table";
import type { Cell } from "../../src/formats/table";

/** A folder of a test's own for the files it makes; removed after the test file. */
export function temporaryFolder(): { readonly path: string; write(name: string, content: string | Buffer): string } {
  const folder = mkdtempSync(path.join(tmpdir(), "asterism-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    path: folder,
    write(name, content) {
      const file = path.join(folder, name);
      writeFileSync(file, content);
      return file;
    },
  };
}

/** A table read whole. */
export async function readTable(file: string, options?: OpenOptions): Promise<{ format: string; names: string[]; rows: Cell[][] }> {
  const table = await openTable(file, options);
  const rows: Cell[][] = [];
  for await (const batch of table.batches) for (const row of batch) rows.push([...row]);
  return { format: table.format, names: table.columns.map(({ name }) => name), rows };
}

/** A VOTable document around FIELD elements and a DATA element's content. */
export const votable = (fields: string, data: string, before = ""): string =>
  `<?xml version="1.0"?>\n<VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3"><RESOURCE type="results">${before}` +
  `<TABLE>${fields}<DATA>${data}</DATA></TABLE></RESOURCE></VOTABLE>\n`;

const card = (keyword: string, value: string | number | boolean): string => {
  const text =
    typeof value === "string" ? `'${value.padEnd(8)}'` : (typeof value === "boolean" ? (value ? "T" : "F") : String(value)).padStart(20);
  return `${keyword.padEnd(8)}= ${text}`.padEnd(80);
};

const padded = (bytes: Buffer, fill: string): Buffer => Buffer.concat([bytes, Buffer.alloc((2880 - (bytes.length % 2880)) % 2880, fill)]);

function header(cards: readonly (readonly [string, string | number | boolean])[]): Buffer {
  return padded(Buffer.from(`${cards.map(([keyword, value]) => card(keyword, value)).join("")}${"END".padEnd(80)}`), " ");
}

/** One column of a FITS file to make: its header cards without their number, as `{ TTYPE: "ra", TFORM: "D" }`. */
export type FitsCards = Readonly<Record<string, string | number>>;

/** A FITS file: an empty primary unit, an image when `image` is set, then a binary table of rows given as bytes. */
export function fitsFile(
  columns: readonly FitsCards[],
  rows: readonly Buffer[],
  { image = false, heap = Buffer.alloc(0) as Buffer, name = "" } = {},
): Buffer {
  const primary = header([
    ["SIMPLE", true],
    ["BITPIX", 8],
    ["NAXIS", 0],
    ["EXTEND", true],
  ]);
  const picture = [
    header([
      ["XTENSION", "IMAGE"],
      ["BITPIX", -32],
      ["NAXIS", 2],
      ["NAXIS1", 10],
      ["NAXIS2", 100],
    ]),
    Buffer.alloc(5760),
  ];
  const cards = columns.flatMap((column, index) =>
    Object.entries(column).map(([keyword, value]) => [`${keyword}${index + 1}`, value] as const),
  );
  const table = header([
    ["XTENSION", "BINTABLE"],
    ["BITPIX", 8],
    ["NAXIS", 2],
    ["NAXIS1", rows[0]?.length ?? 0],
    ["NAXIS2", rows.length],
    ["PCOUNT", heap.length],
    ["GCOUNT", 1],
    ["TFIELDS", columns.length],
    ...(name === "" ? [] : [["EXTNAME", name] as const]),
    ...cards,
  ]);
  return Buffer.concat([primary, ...(image ? picture : []), table, padded(Buffer.concat([...rows, heap]), "\0")]);
}
