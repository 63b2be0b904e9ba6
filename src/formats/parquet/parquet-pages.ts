import { bit, type ColumnData, type Numbers } from "../column-batch";

/** The non-null values of a page, in PLAIN encoding. */
export function plainValues(column: ColumnData, rows: number): Uint8Array {
  if (column.type === "string") return plainTexts(column, rows);
  if (column.type === "boolean") return column.nulls === 0 ? column.values : plainBits(column, rows);
  return plainNumbers(column, rows);
}

type Column<T extends ColumnData["type"]> = Extract<ColumnData, { type: T }>;

function plainNumbers(column: Extract<ColumnData, { values: Numbers }>, rows: number): Uint8Array {
  // Parquet has no two-byte type.
  const values = column.values instanceof Int16Array ? Int32Array.from(column.values) : column.values;
  if (column.nulls === 0) return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const width = (values.BYTES_PER_ELEMENT / 4) * (column.length ?? 1);
  const words = new Int32Array(values.buffer, values.byteOffset, rows * width);
  const kept = new Int32Array((rows - column.nulls) * width);
  let length = 0;
  for (let row = 0; row < rows; row++) {
    if (!bit(column.valid, row)) continue;
    for (let word = 0; word < width; word++) kept[length++] = words[row * width + word]!;
  }
  return new Uint8Array(kept.buffer);
}

function plainBits({ values, valid, nulls }: Column<"boolean">, rows: number): Uint8Array {
  const kept = new Uint8Array((rows - nulls + 7) >> 3);
  let length = 0;
  for (let row = 0; row < rows; row++) {
    if (!bit(valid, row)) continue;
    if (bit(values, row)) kept[length >> 3]! |= 1 << (length & 7);
    length++;
  }
  return kept;
}

/** Each text preceded by its length [byte]. */
function plainTexts({ values, offsets, valid, nulls }: Column<"string">, rows: number): Uint8Array {
  const plain = Buffer.allocUnsafe(values.length + 4 * (rows - nulls));
  let length = 0;
  for (let row = 0; row < rows; row++) {
    if (!bit(valid, row)) continue;
    const text = values.subarray(offsets[row], offsets[row + 1]);
    length = plain.writeUInt32LE(text.length, length);
    plain.set(text, length);
    length += text.length;
  }
  return plain;
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (let left = value; ; left >>>= 7) {
    if (left < 0x80) return [...bytes, left];
    bytes.push((left & 0x7f) | 0x80);
  }
}

/** Which rows have a value: one run if all or none have, otherwise one bit per row (RLE/bit-packed hybrid). */
export function definitionLevels({ valid, nulls }: ColumnData, rows: number): Uint8Array {
  if (nulls === 0 || nulls === rows) return Uint8Array.from([...varint(rows << 1), nulls === 0 ? 1 : 0]);
  return Buffer.concat([Uint8Array.from(varint((valid.length << 1) | 1)), valid]);
}

/** Runs of equal levels (RLE): how many, and which. */
const runs = (levels: readonly (readonly [count: number, level: number])[]): Uint8Array =>
  Uint8Array.from(levels.flatMap(([count, level]) => (count > 0 ? [...varint(count << 1), level] : [])));

/** Levels of a vector: a list of `length` numbers, or null. */
export function listLevels({ valid, nulls }: ColumnData, rows: number, length: number): { repetition: Uint8Array; definition: Uint8Array } {
  const has = Array.from({ length: rows }, (_, row) => bit(valid, row));
  const definition: [number, number][] = nulls === 0 ? [[rows * length, 2]] : has.map((one) => (one ? [length, 2] : [1, 0]));
  // Each list begins anew; its further numbers go on.
  const repetition = has.flatMap((one): [number, number][] =>
    one
      ? [
          [1, 0],
          [length - 1, 1],
        ]
      : [[1, 0]],
  );
  return { repetition: runs(repetition), definition: runs(definition) };
}

/** @returns smallest and largest value of a column of numbers, ignoring NaN; null without values or for other columns */
export function bounds(column: ColumnData, rows: number): { min: number | bigint; max: number | bigint } | null {
  if (column.type === "string" || column.type === "boolean" || column.length !== undefined || column.nulls === rows) return null;
  let [min, max]: (number | bigint | null)[] = [null, null];
  for (let row = 0; row < rows; row++) {
    if (!bit(column.valid, row)) continue;
    const value = column.values[row]!;
    if (min === null || value < min!) min = value;
    if (max === null || value > max!) max = value;
  }
  return min === null || max === null ? null : { min: min!, max: max! };
}
