import { choleskyFactor, choleskySolve } from "../../../src/science/cholesky";
import type { BoostedSample } from "./boosted-sample";
import type { QuadraticRelation } from "./boosted-trees";

/** Of order-one terms over thousands of stars: shrinks only what few stars determine. */
const RIDGE = 3;

/** Pairs of columns whose products are terms: each value with itself and the others; a flag's products tell nothing more. */
function pairs(columns: number): [first: number, second: number][] {
  return Array.from({ length: columns }, (_, i) => Array.from({ length: columns - i }, (__, j): [number, number] => [i, i + j])).flat();
}

/** @param z [2 columns] @returns 1, the values and flags, the products */
function termsOf(z: Float32Array, products: readonly (readonly [number, number])[]): Float64Array {
  const terms = new Float64Array(1 + z.length + products.length);
  terms[0] = 1;
  terms.set(z, 1);
  products.forEach(([i, j], index) => {
    terms[1 + z.length + index] = z[i]! * z[j]!;
  });
  return terms;
}

/** No relation: every star has the label's mean, which is 0 of a label of order one. */
export function noRelation(columns: number): QuadraticRelation {
  return { constant: 0, linear: new Float64Array(2 * columns), quadratic: new Float64Array(4 * columns * columns) };
}

/** Ridge regression of the label on the prepared inputs and their products, over the rows. */
export function fitQuadratic({ prepared, columns, label }: BoostedSample, rows: Int32Array): QuadraticRelation {
  const width = 2 * columns;
  const products = pairs(columns);
  const size = 1 + width + products.length;
  const normal = new Float64Array(size * size);
  const right = new Float64Array(size);
  for (const row of rows) {
    const terms = termsOf(prepared.subarray(row * width, (row + 1) * width), products);
    for (let i = 0; i < size; i++) {
      right[i]! += terms[i]! * label[row]!;
      for (let j = 0; j <= i; j++) normal[i * size + j]! += terms[i]! * terms[j]!;
    }
  }
  for (let i = 0; i < size; i++) normal[i * size + i]! += RIDGE;
  const solution = choleskySolve(choleskyFactor(normal, size)!, right);
  const quadratic = new Float64Array(width * width);
  products.forEach(([i, j], index) => {
    quadratic[i * width + j] = solution[1 + width + index]!;
  });
  return { constant: solution[0]!, linear: solution.slice(1, 1 + width), quadratic };
}

/** @returns [rows] what the relation says of them */
export function applyQuadratic({ constant, linear, quadratic }: QuadraticRelation, prepared: Float32Array, rows: Int32Array): Float32Array {
  const width = linear.length;
  return Float32Array.from(rows, (row) => {
    const z = prepared.subarray(row * width, (row + 1) * width);
    let value = constant;
    for (let i = 0; i < width; i++) {
      let slope = linear[i]!;
      for (let j = 0; j < width; j++) slope += quadratic[i * width + j]! * z[j]!;
      value += slope * z[i]!;
    }
    return value;
  });
}

/** @returns the relation whose answer is the mean of theirs */
export function meanRelation(relations: readonly QuadraticRelation[]): QuadraticRelation {
  const over = (pick: (one: QuadraticRelation) => Float64Array) =>
    pick(relations[0]!).map((_, i) => relations.reduce((sum, one) => sum + pick(one)[i]!, 0) / relations.length);
  return {
    constant: relations.reduce((sum, { constant }) => sum + constant, 0) / relations.length,
    linear: over(({ linear }) => linear),
    quadratic: over(({ quadratic }) => quadratic),
  };
}
