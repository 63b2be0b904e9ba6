import type { AsyncBuffer, Compressors, FileMetaData, RowGroup } from "hyparquet";
import type { parquetHeader } from "hyparquet/src/column.js";
import { AppError } from "../../errors";
import type { Cell } from "../table";
import { parquetCodecs } from "./parquet-codecs";
import { type ParquetColumn, parquetColumns } from "./parquet-schema";

/** Cells that are decoded at once; fewer where a row group has fewer. */
const SLICE_CELLS = 2_000_000;
const FEWEST_ROWS = 10_000;
/** Values of a list column in one row group. */
const MAX_LIST_VALUES = 50_000_000;

/** The file is hyparquet's only input, so any error that it throws means a bad file. */
async function orDamaged<T>(name: string, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const truncated = /footer|invalid|too short/i.test((cause as Error).message) ? " Is it truncated? Download it again." : "";
    throw new AppError("BAD_INPUT", `${name} cannot be read as Parquet: ${(cause as Error).message.replace(/\.$/, "")}.${truncated}`, {
      cause,
    });
  }
}

/**
 * Refuses a column whose pages claim more values than their group has rows: a few bytes of run-length code can claim two
 * billion values, which would not fit in memory.
 */
function checkPages(bytes: ArrayBuffer, most: number, pageHeader: typeof parquetHeader): void {
  const reader = { view: new DataView(bytes), offset: 0 };
  let values = 0;
  while (reader.offset < bytes.byteLength - 1) {
    const header = pageHeader(reader);
    const inDictionary = header.dictionary_page_header?.num_values ?? 0;
    values += (header.data_page_header ?? header.data_page_header_v2)?.num_values ?? 0;
    if (!(inDictionary <= most && values <= most && header.compressed_page_size >= 0))
      throw new Error(`its pages claim to hold more than the ${most} values of their row group`);
    reader.offset += header.compressed_page_size;
  }
}

async function checkGroup(
  buffer: AsyncBuffer,
  { columns, num_rows }: RowGroup,
  { name, isList }: ParquetColumn,
  pageHeader: typeof parquetHeader,
): Promise<void> {
  const column = columns.find(({ meta_data }) => meta_data?.path_in_schema[0] === name)?.meta_data;
  if (!column) throw new Error(`a row group lacks the column '${name}'`);
  const start = Number(column.dictionary_page_offset || column.data_page_offset);
  const end = start + Number(column.total_compressed_size);
  if (!(start >= 0 && end >= start && end <= buffer.byteLength)) throw new Error("a column lies outside the file");
  checkPages(await buffer.slice(start, end), isList ? MAX_LIST_VALUES : Number(num_rows), pageHeader);
}

/** A value as hyparquet gives it. */
function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return Number.isNaN(value) ? null : value;
  if (Array.isArray(value))
    return value.map((one: unknown) =>
      typeof one === "bigint" ? one : typeof one === "number" && !Number.isNaN(one) ? one : typeof one === "boolean" ? Number(one) : null,
    );
  if (value instanceof Date) return Number.isNaN(value.valueOf()) ? null : value.toISOString();
  return typeof value === "string" || typeof value === "bigint" || typeof value === "boolean" ? value : null;
}

/** A Parquet file whose footer has been read. */
export class ParquetFile {
  private constructor(
    readonly name: string,
    readonly columns: readonly ParquetColumn[],
    private readonly buffer: AsyncBuffer,
    private readonly metadata: FileMetaData,
    private readonly compressors: Compressors,
  ) {}

  /**
   * @param content a path, or the bytes themselves
   * @param name for messages
   * @throws AppError BAD_INPUT if the file is not Parquet, or is damaged or truncated
   */
  static async open(content: string | Buffer, name: string): Promise<ParquetFile> {
    const { asyncBufferFromFile, parquetMetadataAsync, parquetSchema } = await import("hyparquet");
    const buffer = typeof content === "string" ? await asyncBufferFromFile(content) : bufferOf(content);
    return orDamaged(name, async () => {
      const metadata = await parquetMetadataAsync(buffer);
      return new ParquetFile(name, parquetColumns(metadata, parquetSchema(metadata)), buffer, metadata, await parquetCodecs());
    });
  }

  get rows(): number {
    return this.metadata.row_groups.reduce((rows, { num_rows }) => rows + Number(num_rows), 0);
  }

  /** Reads the rows of some columns, one row group after the other, without touching other columns. */
  async *read(columns: readonly ParquetColumn[]): AsyncGenerator<Cell[][]> {
    const { parquetHeader: pageHeader } = await import("hyparquet/src/column.js");
    const slice = Math.max(FEWEST_ROWS, Math.floor(SLICE_CELLS / Math.max(1, columns.length)));
    let start = 0;
    for (const group of this.metadata.row_groups) {
      const end = start + Number(group.num_rows);
      for (const column of columns) await orDamaged(this.name, () => checkGroup(this.buffer, group, column, pageHeader));
      for (; start < end; start += slice) yield await this.readRows(columns, start, Math.min(end, start + slice));
      start = end;
    }
  }

  private async readRows(columns: readonly ParquetColumn[], rowStart: number, rowEnd: number): Promise<Cell[][]> {
    const { parquetRead } = await import("hyparquet");
    const { buffer: file, metadata, compressors, name } = this;
    const names = columns.map((column) => column.name);
    let rows: unknown[][] = [];
    const onComplete = (read: unknown[][]) => {
      rows = read;
    };
    await orDamaged(name, () =>
      parquetRead({ file, metadata, columns: names, rowStart, rowEnd, compressors, rowFormat: "array", onComplete }),
    );
    if (rows.length !== rowEnd - rowStart)
      throw new AppError("BAD_INPUT", `${name} holds fewer rows than its footer announces. It is damaged: write it again.`);
    return rows.map((row) => row.map(cellOf));
  }
}

function bufferOf(content: Buffer): AsyncBuffer {
  const bytes = content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength) as ArrayBuffer;
  return { byteLength: bytes.byteLength, slice: (start, end) => bytes.slice(start, end) };
}
