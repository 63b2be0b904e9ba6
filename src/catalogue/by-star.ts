/**
 * Groups the rows of one statement by star, in the order that a batch of a loader needs.
 *
 * @param rows each begins with the source_id of its star
 * @returns for each id, in order, its converted rows; empty if there are none
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
