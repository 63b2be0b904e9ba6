/** Stars that are kept, and how far two stars are apart. */
export interface KeptStars {
  readonly columns: number;
  /** [stars, columns] values of order one, 0 where missing */
  readonly values: Float32Array;
  /** [stars, columns] 1 where the value is there, 0 where it is missing */
  readonly present: Float32Array;
  /** [columns] by which squared differences are multiplied */
  readonly metric: Float32Array;
}

/** One of the stars that are nearest. */
export interface Neighbour {
  readonly star: number;
  readonly distance: number;
}

/** Share of the metric that a star has to have for its distances to be brought to that of all inputs. */
export const LEAST_SHARE = 1e-4;

/** Values, and where they are there, of some rows of prepared inputs [rows, 2 columns]. */
export function apart(prepared: Float32Array, columns: number, rows: Int32Array): Pick<KeptStars, "values" | "present"> {
  const values = new Float32Array(rows.length * columns);
  const present = new Float32Array(rows.length * columns);
  rows.forEach((row, star) => {
    values.set(prepared.subarray(2 * columns * row, 2 * columns * row + columns), star * columns);
    for (let column = 0; column < columns; column++) present[star * columns + column] = 1 - prepared[2 * columns * row + columns + column]!;
  });
  return { values, present };
}

/**
 * Squared distance over the inputs that the star has that is asked for, brought to that of all inputs. Where a kept star
 * lacks one of them, it is as far away in it as stars are on average, of values of order one: 1 + value^2. Were it left
 * out there, the stars of which least is known would be nearest by chance.
 *
 * @param value [columns] of the star that is asked for, 0 where missing
 * @param there [columns] 1 where it has the input
 */
function distanceTo({ columns, values, present, metric }: KeptStars, star: number, value: Float32Array, there: Float32Array): number {
  let [sum, asked, all] = [0, 0, 0];
  for (let column = 0; column < columns; column++) {
    const at = star * columns + column;
    const weight = metric[column]!;
    all += weight;
    asked += weight * there[column]!;
    const known = (value[column]! - values[at]!) ** 2;
    sum += weight * there[column]! * (present[at] ? known : 1 + value[column]! ** 2);
  }
  return (sum * all) / Math.max(asked, LEAST_SHARE * all);
}

/** @param without a star that does not count: the one that is asked for @returns the nearest, nearest first */
export function nearestTo(kept: KeptStars, value: Float32Array, there: Float32Array, count: number, without = -1): Neighbour[] {
  const stars = kept.values.length / kept.columns;
  const found: Neighbour[] = [];
  let farthest = Number.POSITIVE_INFINITY;
  for (let star = 0; star < stars; star++) {
    const distance = star === without ? Number.POSITIVE_INFINITY : distanceTo(kept, star, value, there);
    if (!(distance < farthest)) continue;
    let at = found.length;
    while (at > 0 && found[at - 1]!.distance > distance) at--;
    found.splice(at, 0, { star, distance });
    if (found.length > count) found.pop();
    if (found.length === count) farthest = found[count - 1]!.distance;
  }
  return found;
}

/** Nearer stars count more. @param softness squared distance below which all count alike @returns weights that add up to one */
export function weightsOf(neighbours: readonly Neighbour[], softness: number): number[] {
  const weights = neighbours.map(({ distance }) => 1 / (distance + softness));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
