import { writeArrow } from "./arrow/arrow-writer";
import { writeCsv } from "./csv/csv-writer";
import { writeEcsv } from "./ecsv/ecsv-writer";
import { writeNdjson } from "./ndjson-writer";
import type { CopyForm, TableWriter } from "./output-table";
import { writeParquet } from "./parquet/parquet-writer";
import { writeVotableTable } from "./votable/votable-table";

interface TableFormat {
  readonly mediaType: string;
  /** ending of a file's name */
  readonly extension: string;
  /** An interrupted file can be continued, because the format consists of lines without a footer. */
  readonly appendable: boolean;
  /** The format is compressed by itself. */
  readonly compressed: boolean;
  readonly reads: CopyForm;
  readonly write: TableWriter;
}

/** The output formats of tables. */
export const TABLE_FORMATS = {
  csv: { mediaType: "text/csv; charset=utf-8", extension: "csv", appendable: true, compressed: false, reads: "csv", write: writeCsv },
  ecsv: {
    mediaType: "text/x-ecsv; charset=utf-8",
    extension: "ecsv",
    appendable: true,
    compressed: false,
    reads: "text",
    write: writeEcsv,
  },
  ndjson: {
    mediaType: "application/x-ndjson",
    extension: "ndjson",
    appendable: true,
    compressed: false,
    reads: "text",
    write: writeNdjson,
  },
  votable: {
    mediaType: "application/x-votable+xml",
    extension: "vot",
    appendable: false,
    compressed: false,
    reads: "text",
    write: writeVotableTable,
  },
  parquet: {
    mediaType: "application/vnd.apache.parquet",
    extension: "parquet",
    appendable: false,
    compressed: true,
    reads: "binary",
    write: writeParquet,
  },
  arrow: {
    mediaType: "application/vnd.apache.arrow.stream",
    extension: "arrows",
    appendable: false,
    compressed: false,
    reads: "binary",
    write: writeArrow,
  },
} as const satisfies Record<string, TableFormat>;

export type TableFormatName = keyof typeof TABLE_FORMATS;
export const TABLE_FORMAT_NAMES = Object.keys(TABLE_FORMATS) as TableFormatName[];

/** @returns the format for a file's name; undefined if its ending is unknown */
export const formatOfFile = (file: string): TableFormatName | undefined =>
  TABLE_FORMAT_NAMES.find((name) => [name, TABLE_FORMATS[name].extension].some((ending) => file.toLowerCase().endsWith(`.${ending}`)));
