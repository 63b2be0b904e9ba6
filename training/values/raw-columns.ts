import type { StellarColumn } from "../../src/catalogue/stellar-row";
import { stellarRowsOf } from "../../src/catalogue/stellar-rows";
import type { Queries } from "../../src/database/database";
import type { RawColumn } from "./expressions/raw-column";

/** A row's raw values by a column's name; absent or null where missing. */
export type RawRow = Readonly<Record<string, number | null | undefined>>;

/** @returns [N, C] row by row in single precision, as models take them; NaN where missing */
export function rawMatrix(columns: readonly RawColumn[], rows: readonly (RawRow | null)[]): Float32Array {
  const matrix = new Float32Array(rows.length * columns.length);
  rows.forEach((row, index) => {
    columns.forEach(({ name }, column) => {
      matrix[index * columns.length + column] = row?.[name] ?? Number.NaN;
    });
  });
  return matrix;
}

/**
 * Reads raw columns of stored stars, in one statement.
 *
 * @param columns of `STELLAR_RAW_COLUMNS`
 * @returns [N, C] in the order of the ids; `absent` are the ids that the release lacks, whose values are all NaN
 */
export async function storedRawColumns(
  queries: Queries,
  release: number,
  sourceIds: readonly bigint[],
  columns: readonly RawColumn[],
): Promise<{ readonly raw: Float32Array; readonly absent: readonly bigint[] }> {
  const names = columns.map(({ name }) => name as StellarColumn);
  const rows = await stellarRowsOf(queries, release, sourceIds, names);
  return { raw: rawMatrix(columns, rows), absent: sourceIds.filter((_, index) => rows[index] === null) };
}

/** Raw columns that a star has, or lacks, together. */
export interface ColumnGroup {
  readonly name: string;
  /** indices into the columns */
  readonly columns: readonly number[];
}

/** @returns the groups of some columns, in the order of their first ones */
export function columnGroups(columns: readonly RawColumn[]): ColumnGroup[] {
  const groups = new Map<string, number[]>();
  columns.forEach(({ group }, index) => {
    groups.set(group, [...(groups.get(group) ?? []), index]);
  });
  return [...groups].map(([name, indices]) => ({ name, columns: indices }));
}

/** @returns [N, C] 1 where a raw value is missing, else 0: as an artifact's conditions are */
export function missingFlags(raw: Float32Array): Float32Array {
  return raw.map((value) => (Number.isFinite(value) ? 0 : 1));
}
