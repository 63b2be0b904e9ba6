import path from "node:path";
import { type ArchiveKind, archiveKind, openArchive } from "./archive/archive";
import type { BytesOptions } from "./bytes";
import { refuseTableName } from "./choose-table";
import { openCsv } from "./csv/csv";
import type { Delimiter } from "./csv/csv-records";
import { openEcsv } from "./ecsv/ecsv";
import { openFits } from "./fits/fits";
import { withMasks } from "./mask-columns";
import { refuseBinary, refuseOtherContent } from "./other-content";
import { openParquet, type SelectColumns } from "./parquet/parquet-table";
import type { TableStream } from "./table";
import { fileSource, type TableSource } from "./table-source";
import { beginningOf } from "./text";
import { openVotable } from "./votable/votable";

/** What a user says of the table that is meant. */
export interface TableChoice {
  /** Name or number (from 1) of the table in a file, or of the file in an archive, that holds several. */
  readonly table?: string | undefined;
  /** Takes a result that a service cut off at its limit of rows. */
  readonly acceptOverflow?: boolean | undefined;
}

export interface OpenOptions extends BytesOptions, TableChoice {
  /** Separator of the cells in delimited text; without it, that of the first lines. */
  readonly delimiter?: Delimiter | undefined;
  /** False returns the cells of ECSV as text, for callers that check them themselves. */
  readonly typed?: boolean | undefined;
  /** Which columns are read, where a format can leave others out: the table then has only these. */
  readonly select?: SelectColumns | undefined;
}

/** Enough to see past a document's prolog. */
const LOOK_BYTES = 4096;

async function openTabular(source: TableSource, start: string, head: Buffer, options: OpenOptions): Promise<TableStream> {
  const { delimiter, typed, table } = options;
  if (start.startsWith("SIMPLE  =")) return openFits(source, table);
  refuseOtherContent(source.name, start);
  if (/^\s*<(\?xml|!--|([\w.-]+:)?VOTABLE|!DOCTYPE)/i.test(start)) return openVotable(source, options);
  refuseTableName(table, source.name);
  if (start.startsWith("PAR1")) return openParquet(source, options.select);
  if (start.startsWith("# %ECSV")) return openEcsv(await source.read(), typed);
  refuseBinary({ head, name: source.name });
  return openCsv(await source.read(), delimiter);
}

async function openSource(source: TableSource, options: OpenOptions, within: ArchiveKind | null): Promise<TableStream> {
  const { head, close, gzipped } = await source.scan();
  await close();
  return openLooked(gzipped ? { ...source, file: null } : source, head, options, within);
}

async function openLooked(source: TableSource, head: Buffer, options: OpenOptions, within: ArchiveKind | null): Promise<TableStream> {
  const archive = archiveKind(head);
  if (archive !== null)
    return openArchive(source, archive, within, options, (member, memberOptions) =>
      openSource(member, { ...options, ...memberOptions }, archive),
    );
  return withMasks(await openTabular(source, beginningOf(head, LOOK_BYTES), head, options));
}

/**
 * Opens a table file and recognises its format by content, never by name: CSV and other delimited text, ECSV, VOTable (TABLEDATA,
 * BINARY, BINARY2), FITS (binary tables) or Parquet; each may be gzipped, or in a zip or tar archive as the Gaia archive's
 * DataLink serves them.
 *
 * @throws AppError NOT_FOUND, or BAD_INPUT naming the file and its fault; reading the batches may throw the latter too
 */
export function openTable(file: string, options: OpenOptions = {}): Promise<TableStream> {
  return openSource(fileSource(file, options.name ?? path.basename(file), options), options, null);
}
