import path from "node:path";
import zlib from "node:zlib";
import type { AsyncBuffer, Compressors, FileMetaData, RowGroup } from "hyparquet";
import type { parquetHeader } from "hyparquet/src/column.js";
import { AppError } from "../../errors";
import type { Cell } from "../table";

/** [byte] Limit for the size that the header of a page claims; writers make pages of about 1 MiB. */
const MAX_PAGE_BYTES = 1 << 26;

/** Since Node 22.15. */
const { zstdDecompressSync } = zlib as { zstdDecompressSync?: (bytes: Uint8Array, options: object) => Uint8Array };

type Decompress = (bytes: Uint8Array, size: number) => Uint8Array;

function decompressors(snappy: Decompress): Compressors {
  const bounded =
    (decompress: Decompress): Decompress =>
    (bytes, size) => {
      if (size <= MAX_PAGE_BYTES) return decompress(bytes, size);
      throw new Error(`a page of ${size} bytes is larger than is read`);
    };
  const limit = { maxOutputLength: MAX_PAGE_BYTES };
  return {
    SNAPPY: bounded(snappy),
    GZIP: bounded((bytes) => zlib.gunzipSync(bytes, limit)),
    BROTLI: bounded((bytes) => zlib.brotliDecompressSync(bytes, limit)),
    ...(zstdDecompressSync && { ZSTD: bounded((bytes) => zstdDecompressSync(bytes, limit)) }),
  };
}

/** The file is hyparquet's only input, so any error that it throws means a bad file. */
async function orDamaged<T>(name: string, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("BAD_INPUT", `${name} cannot be read as Parquet: ${(cause as Error).message}. Write it again, with Snappy.`, {
      cause,
    });
  }
}

/**
 * Refuses a column whose pages claim more values than their group has rows: a few bytes of run-length code can claim two
 * billion values, which would not fit in memory.
 */
function checkPages(bytes: ArrayBuffer, rows: number, pageHeader: typeof parquetHeader): void {
  const reader = { view: new DataView(bytes), offset: 0 };
  let values = 0;
  while (reader.offset < bytes.byteLength - 1) {
    const header = pageHeader(reader);
    const inDictionary = header.dictionary_page_header?.num_values ?? 0;
    values += (header.data_page_header ?? header.data_page_header_v2)?.num_values ?? 0;
    if (!(inDictionary <= rows && values <= rows && header.compressed_page_size >= 0))
      throw new Error(`its pages claim to hold more than the ${rows} values of their row group`);
    reader.offset += header.compressed_page_size;
  }
}

async function checkGroup(
  buffer: AsyncBuffer,
  { columns, num_rows }: RowGroup,
  name: string,
  pageHeader: typeof parquetHeader,
): Promise<void> {
  const column = columns.find(({ meta_data }) => meta_data?.path_in_schema[0] === name)?.meta_data;
  if (!column) throw new Error(`a row group lacks the column '${name}'`);
  const start = Number(column.dictionary_page_offset || column.data_page_offset);
  const end = start + Number(column.total_compressed_size);
  if (!(start >= 0 && end >= start && end <= buffer.byteLength)) throw new Error("a column lies outside the file");
  checkPages(await buffer.slice(start, end), Number(num_rows), pageHeader);
}

const rowsIn = ({ row_groups }: FileMetaData) => row_groups.reduce((rows, { num_rows }) => rows + Number(num_rows), 0);

/**
 * Reads one column of a Parquet file, one row group at a time, without touching the others. Pages may be compressed with
 * Snappy, gzip or Brotli, or with Zstandard on Node 22.15 or newer.
 *
 * @param choose receives the names of the columns that are not nested and the number of rows; returns one of the names
 * @param name of the file in messages
 * @returns the cells in order, in batches
 * @throws AppError BAD_INPUT if the file is not Parquet or is damaged
 */
export async function* readParquetColumn(
  file: string,
  choose: (names: string[], rows: number) => string,
  name = path.basename(file),
): AsyncGenerator<ArrayLike<Cell>> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetRead, parquetSchema, snappyUncompress } = await import("hyparquet");
  const compressors = decompressors((bytes, size) => {
    const output = new Uint8Array(size);
    snappyUncompress(bytes, output);
    return output;
  });
  const buffer = await asyncBufferFromFile(file);
  const metadata = await orDamaged(name, () => parquetMetadataAsync(buffer));
  const flat = await orDamaged(name, () => parquetSchema(metadata).children.filter(({ children }) => children.length === 0));
  const column = choose(
    flat.map(({ element }) => element.name),
    rowsIn(metadata),
  );
  const { parquetHeader: pageHeader } = await import("hyparquet/src/column.js");
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    await orDamaged(name, () => checkGroup(buffer, group, column, pageHeader));
    const pages: ArrayLike<Cell>[] = [];
    const onChunk = ({ columnData }: { columnData: ArrayLike<unknown> }) => pages.push(columnData as ArrayLike<Cell>);
    await orDamaged(name, () => parquetRead({ file: buffer, metadata, columns: [column], rowStart, rowEnd, compressors, onChunk }));
    yield* pages;
    rowStart = rowEnd;
  }
}
