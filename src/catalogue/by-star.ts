/**
 * Deals the rows of one statement out to the stars that were asked for, as a batch of a loader wants them.
 *
 * @param rows each begins with its star's source_id
 * @returns for each id, in order, what its rows became; empty where there are none
 */
export function inOrder<Row extends readonly [sourceId: bigint, ...unknown[]], T>(
  sourceIds: readonly bigint[],
  rows: readonly Row[],
  become: (row: Row) => T,
): T[][] {
  const byStar = new Map<bigint, T[]>();
  for (const row of rows) {
    const values = byStar.get(row[0]);
    if (values) values.push(become(row));
    else byStar.set(row[0], [become(row)]);
  }
  return sourceIds.map((sourceId) => byStar.get(sourceId) ?? []);
}
