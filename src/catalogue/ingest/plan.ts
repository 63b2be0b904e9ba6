import type { Queries } from "../../database/database";
import type { Cell, Column, TableStream } from "../../formats/table";
import type { Rejected } from "./column";
import type { Rejects } from "./rejects";

/** A column of the staging table. */
export interface StagingColumn {
  readonly name: string;
  /** SQL type, as in `real` or `real[]` */
  readonly type: string;
}

/** What is known of a file before its rows are taken in. */
export interface FileHead {
  /** without its folder, for messages */
  readonly name: string;
  readonly columns: readonly Column[];
  /** null if the table has no rows */
  readonly firstRow: readonly Cell[] | null;
}

/** What the merge of one file's staged rows did. */
export interface Merged {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Objects without a source_id: kept, but joined to no star. */
  readonly unmatched?: number;
}

/** How the rows of one file become rows of the catalogue. */
export interface IngestPlan {
  /** Name of the catalogue that the rows belong to; absent for Gaia's own tables. */
  readonly catalogue?: string;
  readonly columns: readonly StagingColumn[];
  /** The staging column that says which object a row is; one row each is merged. */
  readonly key: string;
  /** @returns the key as staged and the row as a line of COPY text (no line end), or why it is refused */
  encode(row: readonly Cell[], rowNumber: number): EncodedRow | Rejected;
  /**
   * Where a row is one row of one table: that table and the first part of its key, the same for all rows. A file in
   * rising order of its keys then goes straight into the table wherever the table has no row of those keys yet.
   */
  readonly direct?: { readonly table: string; readonly scope: Readonly<Record<string, number>> };
  /** Staged rows that refer to nothing in the catalogue: a query of their row numbers, and the reason. */
  readonly orphans?: { readonly sql: string; readonly reason: string };
  /** Writes the staging table's rows (distinct by key) into the catalogue, inside the file's transaction. */
  merge(queries: Queries): Promise<Merged>;
}

export interface EncodedRow {
  readonly key: bigint | string;
  readonly line: string;
}

/** How a file becomes rows of the catalogue where several of its rows make one of them. */
export interface GatheringPlan {
  /** Name of the catalogue that the rows belong to. */
  readonly catalogue: string;
  /**
   * Takes the rows in, inside the file's transaction.
   *
   * @returns what was read (rows, or points where a row holds several), and what became of it
   */
  gather(queries: Queries, batches: TableStream["batches"], rejects: Rejects): Promise<Merged & { readonly read: number }>;
}
