/** Rows of points of order one: [rows, size]. */
export interface Points {
  readonly values: Float64Array;
  readonly size: number;
}

export const rowsOf = ({ values, size }: Points): number => values.length / size;

const ROOT5 = Math.sqrt(5);

/**
 * Matern covariance with smoothness 5/2 (Rasmussen & Williams 2006, eq. 4.17): twice differentiable, as labels are in colours.
 *
 * @param squared squared distance in length scales
 */
export function matern(squared: number): number {
  const distance = Math.sqrt(squared);
  return (1 + ROOT5 * distance + (5 / 3) * squared) * Math.exp(-ROOT5 * distance);
}

/** Its derivative by the squared distance. */
export function maternSlope(squared: number): number {
  const distance = Math.sqrt(squared);
  return (-5 / 6) * (1 + ROOT5 * distance) * Math.exp(-ROOT5 * distance);
}

/** @returns [rows of a, rows of b] squared distances */
export function squaredDistances(a: Points, b: Points): Float64Array {
  const { size } = a;
  const [rows, columns] = [rowsOf(a), rowsOf(b)];
  const squared = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let at = 0; at < size; at++) {
        const difference = a.values[row * size + at]! - b.values[column * size + at]!;
        sum += difference * difference;
      }
      squared[row * columns + column] = sum;
    }
  return squared;
}

/** Divides each column by its length scale. */
export function inLengthScales({ values, size }: Points, lengths: readonly number[]): Points {
  return { size, values: values.map((value, index) => value / lengths[index % size]!) };
}
