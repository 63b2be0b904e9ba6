/** @returns the given rows of [all rows, columns], one after another */
export function gatherRows(inputs: Float32Array, columns: number, rows: Int32Array): Float32Array<ArrayBuffer> {
  const gathered = new Float32Array(rows.length * columns);
  rows.forEach((row, index) => {
    gathered.set(inputs.subarray(row * columns, (row + 1) * columns), index * columns);
  });
  return gathered;
}
