import { choleskyFactor, choleskySolve } from "../../src/science/cholesky";
import { mean, standardDeviation } from "../../src/science/statistics";
import type { FeatureTable } from "./select-k-best";

/** Sums over stars of the products of 1, the features and the label: all that least squares needs. */
interface Moments {
  /** [width, width] */
  readonly products: Float64Array;
  readonly stars: number;
}

/** Mean squared error of linear regressions on some of the features, on stars that they were not fitted on. */
export class CrossValidatedError {
  private readonly width: number;
  /** one a fold, of its stars */
  private readonly held: readonly Moments[];
  private readonly all: Float64Array;

  /**
   * @param fold [stars] which part each star is in, 0 to `folds` - 1
   */
  constructor({ columns, label }: FeatureTable, fold: ArrayLike<number>, folds: number) {
    const rows = [...columns, label].map((values) => standardised(values));
    this.width = rows.length + 1;
    this.held = Array.from({ length: folds }, (_, part) => momentsOf(rows, fold, part));
    this.all = this.held.reduce((sum, { products }) => sum.map((value, at) => value + products[at]!), new Float64Array(this.width ** 2));
    this.labelScale = standardDeviation(label);
  }

  private readonly labelScale: number;

  /** @param features places among the columns @returns root of the mean over the folds of their mean squared error, in the label's unit */
  rmse(features: readonly number[]): number {
    const wanted = [0, ...features.map((feature) => feature + 1)];
    const errors = this.held.filter(({ stars }) => stars > 0).map((held) => this.foldError(held, wanted));
    return this.labelScale * Math.sqrt(mean(errors));
  }

  private foldError({ products, stars }: Moments, wanted: readonly number[]): number {
    const label = this.width - 1;
    const size = wanted.length;
    const of = (sums: Float64Array, row: number, column: number) => sums[row * this.width + column]!;
    const rest = this.all.map((value, at) => value - products[at]!);
    const normal = Float64Array.from({ length: size * size }, (_, at) => of(rest, wanted[Math.floor(at / size)]!, wanted[at % size]!));
    const factor = choleskyFactor(normal, size);
    if (!factor) return Number.POSITIVE_INFINITY; // features that say the same: no choice at all
    const coefficients = choleskySolve(
      factor,
      wanted.map((row) => of(rest, row, label)),
    );
    let squares = of(products, label, label);
    wanted.forEach((row, i) => {
      squares -= 2 * coefficients[i]! * of(products, row, label);
      wanted.forEach((column, j) => {
        squares += coefficients[i]! * coefficients[j]! * of(products, row, column);
      });
    });
    return squares / stars;
  }
}

/** About zero and of order one, so that sums of products keep their digits. */
function standardised(values: Float64Array): Float64Array {
  const [centre, scale] = [mean(values), standardDeviation(values) || 1];
  return values.map((value) => (value - centre) / scale);
}

function momentsOf(rows: readonly Float64Array[], fold: ArrayLike<number>, part: number): Moments {
  const width = rows.length + 1;
  const products = new Float64Array(width * width);
  let stars = 0;
  for (let star = 0; star < fold.length; star++) {
    if (fold[star] !== part) continue;
    stars++;
    for (let row = 0; row < width; row++)
      for (let column = 0; column < width; column++)
        products[row * width + column]! += (row === 0 ? 1 : rows[row - 1]![star]!) * (column === 0 ? 1 : rows[column - 1]![star]!);
  }
  return { products, stars };
}
