/** How the values of a column are kept; null may stand in any of them. */
export type OutputType = "int64" | "int32" | "int16" | "float64" | "float32" | "boolean" | "string";

/** One column of a table to write. */
export interface OutputColumn {
  readonly name: string;
  readonly type: OutputType;
  readonly unit: string | null;
  readonly description: string;
  /** unified content descriptor (IVOA UCD1+) */
  readonly ucd?: string | null;
  /** of a vector: how many float32 each row has; absent: one value a row */
  readonly length?: number;
}

/** Numbers of a vector that have columns of their own in CSV: PostgreSQL selects 1664 columns at most. */
export const MOST_COMPONENTS = 1000;

/** The columns that stand for one in CSV, which has no lists: NAME_1, NAME_2, ... for a vector; a very long one is JSON in one column. */
export function csvNames({ name, length }: OutputColumn): string[] {
  return length === undefined || length > MOST_COMPONENTS ? [name] : Array.from({ length }, (_, index) => `${name}_${index + 1}`);
}

/** What a file says of itself: where it comes from and how to cite it. */
export interface TableAbout {
  /** in a few words */
  readonly description: string;
  /** names as in the IVOA note Data Origin in the VO: request_date, citation, ... */
  readonly notes: readonly { readonly name: string; readonly value: string }[];
}

/** A table without its rows. */
export interface TableHead {
  readonly columns: readonly OutputColumn[];
  readonly about: TableAbout;
}

export const NOTHING_ABOUT: TableAbout = { description: "", notes: [] };

/** What a file says of itself, for formats with one text a name: the description, and the notes of one name a line each. */
export function aboutTexts({ description, notes }: TableAbout): Map<string, string> {
  const texts = new Map<string, string>(description === "" ? [] : [["description", description]]);
  for (const { name, value } of notes) texts.set(name, texts.has(name) ? `${texts.get(name)}\n${value}` : value);
  return texts;
}

/**
 * How a format wants the rows from PostgreSQL's COPY: its own CSV or text format (truth values in words), or values as
 * they lie in memory (binary). Nothing is parsed that is only written again.
 */
export type CopyForm = "csv" | "text" | "binary";

/**
 * Writes a table file: one piece before the rows, one a chunk of them, and where the format needs it one after them (a
 * piece may be empty). It keeps no more than some chunks, so that a file of any size is written in the same memory. An
 * error of `copied` passes on, and what was written then lacks its end: every format but CSV, ECSV and NDJSON is
 * unreadable without it.
 *
 * @param copied what COPY wrote of each chunk, in the format's form
 * @param about written by all formats but CSV and NDJSON, which have no place for it
 */
export type TableWriter = (
  columns: readonly OutputColumn[],
  copied: AsyncIterable<Buffer>,
  about?: TableAbout,
) => AsyncGenerator<Uint8Array, void>;
