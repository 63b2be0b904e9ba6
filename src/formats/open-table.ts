import { AppError } from "../errors";
import { type BytesOptions, type FileBytes, openBytes } from "./bytes";
import { openCsv } from "./csv/csv";
import type { Delimiter } from "./csv/csv-records";
import { openEcsv } from "./ecsv/ecsv";
import { openFits } from "./fits/fits";
import type { TableStream } from "./table";
import { openVotable } from "./votable/votable";

export interface OpenOptions extends BytesOptions {
  /** Separator of the cells in delimited text; a comma by default. */
  readonly delimiter?: Delimiter;
  /** False returns the cells of ECSV as text, for callers that check them themselves. */
  readonly typed?: boolean;
}

/** First bytes of files that are often mistaken for tables. */
const OTHER_FORMATS: readonly (readonly [magic: string, name: string, advice: string])[] = [
  ["PK\x03\x04", "a zip archive", "Unpack it and name the file inside."],
  ["PAR1", "a Parquet file", "Export it as CSV, ECSV, VOTable or FITS."],
  ["\x89HDF", "an HDF5 file", "Export it as CSV, ECSV, VOTable or FITS."],
  ["Obj\x01", "an Avro file", "Export it as CSV, ECSV, VOTable or FITS."],
  ["%PDF", "a PDF document", "Name a table file."],
  ["BZh", "a bzip2 file", "Unpack it, or compress it with gzip."],
  ["\xfd7zXZ", "an xz file", "Unpack it, or compress it with gzip."],
  ["\x28\xb5\x2f\xfd", "a Zstandard file", "Unpack it, or compress it with gzip."],
];

function refuseOthers({ head, name }: FileBytes): void {
  const start = head.toString("latin1", 0, 512);
  const other = OTHER_FORMATS.find(([magic]) => start.startsWith(magic));
  const wanted = "CSV, ECSV, VOTable or FITS (plain or gzipped) is wanted";
  if (other) throw new AppError("BAD_INPUT", `${name} is ${other[1]}; ${wanted}. ${other[2]}`);
  if (/^\s*<(!doctype )?html/i.test(start))
    throw new AppError("BAD_INPUT", `${name} is a web page, perhaps a server's error message; ${wanted}. Download it again.`);
  if (head.includes(0)) throw new AppError("BAD_INPUT", `${name} is a binary file of no known format; ${wanted}.`);
}

/**
 * Opens a table file and recognises its format by content, never by name: CSV, ECSV, VOTable (TABLEDATA, BINARY, BINARY2) or
 * FITS (first binary table); each may be gzipped.
 *
 * @throws AppError NOT_FOUND, or BAD_INPUT naming the file and its fault; reading the batches may throw the latter too
 */
export async function openTable(file: string, { delimiter, typed, ...options }: OpenOptions = {}): Promise<TableStream> {
  const bytes = await openBytes(file, options);
  const start = bytes.head.toString("latin1", 0, 512).replace(/^\xef\xbb\xbf/, "");
  if (start.startsWith("SIMPLE  =")) return openFits(bytes);
  if (start.startsWith("# %ECSV")) return openEcsv(bytes, typed);
  if (/^\s*<(\?xml|([\w.-]+:)?VOTABLE)/.test(start)) return openVotable(bytes);
  refuseOthers(bytes);
  return openCsv(bytes, delimiter);
}
