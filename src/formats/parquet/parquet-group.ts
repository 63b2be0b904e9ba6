import type { ColumnChunk, SchemaElement } from "hyparquet";
import type { ByteWriter } from "hyparquet-writer";
import type { ColumnData } from "../column-batch";
import type { OutputColumn, OutputType } from "../output-table";
import { bounds, definitionLevels, listLevels, plainValues } from "./parquet-pages";

export const PARQUET_TYPES = {
  int64: { type: "INT64" },
  int32: { type: "INT32" },
  int16: { type: "INT32", converted_type: "INT_16" },
  float64: { type: "DOUBLE" },
  float32: { type: "FLOAT" },
  boolean: { type: "BOOLEAN" },
  string: { type: "BYTE_ARRAY", converted_type: "UTF8" },
} as const satisfies Record<OutputType, Pick<SchemaElement, "type" | "converted_type">>;

/** The schema's elements of a column: a value that may be missing, or for a vector a list of numbers that may be. */
export function schemaElements({ name, type, length }: OutputColumn): SchemaElement[] {
  if (length === undefined) return [{ name, repetition_type: "OPTIONAL", ...PARQUET_TYPES[type] }];
  return [
    { name, repetition_type: "OPTIONAL", num_children: 1, converted_type: "LIST" },
    { name: "list", repetition_type: "REPEATED", num_children: 1 },
    { name: "element", repetition_type: "REQUIRED", ...PARQUET_TYPES[type] },
  ];
}

const NO_LEVELS = new Uint8Array(0);

function levelsOf(data: ColumnData, rows: number, length: number | undefined) {
  return length === undefined ? { repetition: NO_LEVELS, definition: definitionLevels(data, rows) } : listLevels(data, rows, length);
}

/** The libraries for writing; loaded when the first file is written. */
export async function parquetTools() {
  const { ByteWriter } = await import("hyparquet-writer");
  const { snappyCompress } = await import("hyparquet-writer/src/snappy.js");
  const { writePageHeader } = await import("hyparquet-writer/src/datapage.js");
  const { writeMetadata } = await import("hyparquet-writer/src/metadata.js");
  return { ByteWriter, snappyCompress, writePageHeader, writeMetadata };
}
export type ParquetTools = Awaited<ReturnType<typeof parquetTools>>;

/** The pages of one column, held until the row group is complete. */
export class PendingColumn {
  private pages: Uint8Array[] = [];
  private uncompressed = 0;
  private entries = 0;
  private nulls = 0;
  private min: number | bigint | null = null;
  private max: number | bigint | null = null;

  constructor(
    private readonly column: OutputColumn,
    private readonly tools: ParquetTools,
  ) {}

  /** A page of PLAIN values: measurements hardly repeat, so a dictionary would cost time and save no space. */
  add(data: ColumnData, rows: number): void {
    const { length } = this.column;
    const { repetition, definition } = levelsOf(data, rows, length);
    // A list that is missing counts as one value.
    const entries = data.nulls + (rows - data.nulls) * (length ?? 1);
    const levels = Buffer.concat([repetition, definition]);
    const values = plainValues(data, rows);
    const compressed = this.tools.snappyCompress(values);
    const header = new this.tools.ByteWriter(64);
    this.tools.writePageHeader(header, {
      type: "DATA_PAGE_V2",
      uncompressed_page_size: levels.length + values.length,
      compressed_page_size: levels.length + compressed.length,
      data_page_header_v2: {
        num_values: entries,
        num_nulls: data.nulls,
        num_rows: rows,
        encoding: "PLAIN",
        definition_levels_byte_length: definition.length,
        repetition_levels_byte_length: repetition.length,
        is_compressed: true,
      },
    });
    this.pages.push(Buffer.concat([header.getBytes(), levels, compressed]));
    this.uncompressed += header.offset + levels.length + values.length;
    this.entries += entries;
    this.nulls += data.nulls;
    this.widen(data, rows);
  }

  /** Statistics by which a reader can skip the group. */
  private widen(data: ColumnData, rows: number): void {
    const found = bounds(data, rows);
    if (!found) return;
    if (this.min === null || found.min < this.min) this.min = found.min;
    if (this.max === null || found.max > this.max) this.max = found.max;
  }

  /** Writes the pages and clears them. */
  flush(writer: ByteWriter): ColumnChunk {
    const offset = BigInt(writer.offset);
    for (const page of this.pages) writer.appendBytes(page);
    const { min, max } = this;
    const chunk: ColumnChunk = {
      file_offset: offset,
      meta_data: {
        type: PARQUET_TYPES[this.column.type].type,
        encodings: ["PLAIN", "RLE"],
        path_in_schema: this.column.length === undefined ? [this.column.name] : [this.column.name, "list", "element"],
        codec: "SNAPPY",
        num_values: BigInt(this.entries),
        total_uncompressed_size: BigInt(this.uncompressed),
        total_compressed_size: BigInt(writer.offset) - offset,
        data_page_offset: offset,
        statistics: { null_count: BigInt(this.nulls), ...(min !== null && max !== null && { min_value: min, max_value: max }) },
      },
    };
    [this.pages, this.uncompressed, this.entries, this.nulls, this.min, this.max] = [[], 0, 0, 0, null, null];
    return chunk;
  }
}
