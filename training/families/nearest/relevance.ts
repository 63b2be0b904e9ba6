import { choleskyFactor, choleskySolve } from "../../../src/science/cholesky";
import type { KeptStars } from "./neighbours";

/** Share of the stars by which a linear relation is shrunk: inputs that tell the same share what they tell. */
const RIDGE = 0.02;
/** An input that no relation makes use of still counts a little. */
const LEAST = 0.05;

/**
 * How much a linear relation between the values and the labels makes use of each input.
 *
 * @param labels [outputs][stars]
 * @returns [columns] the size of the coefficients, 1 on average (of their squares)
 */
export function relevanceOf({ values, columns }: Pick<KeptStars, "values" | "columns">, labels: readonly Float64Array[]): Float64Array {
  const stars = values.length / columns;
  const products = new Float64Array(columns * columns);
  const rights = labels.map(() => new Float64Array(columns));
  for (let star = 0; star < stars; star++) {
    for (let i = 0; i < columns; i++) {
      const value = values[star * columns + i]!;
      labels.forEach((label, output) => {
        rights[output]![i]! += value * label[star]!;
      });
      for (let j = 0; j <= i; j++) products[i * columns + j]! += value * values[star * columns + j]!;
    }
  }
  for (let i = 0; i < columns; i++) products[i * columns + i]! += RIDGE * stars + 1e-6;
  const factor = choleskyFactor(products, columns)!;
  const sizes = new Float64Array(columns);
  for (const right of rights) {
    choleskySolve(factor, right).forEach((coefficient, i) => {
      sizes[i]! += coefficient ** 2;
    });
  }
  const middle = Math.sqrt(sizes.reduce((sum, size) => sum + size, 0) / columns) || 1;
  return sizes.map((size) => LEAST + Math.sqrt(size) / middle);
}
