import { AppError } from "../../../src/errors";
import { type Cholesky, choleskyFactor, choleskyInverse, choleskySolve } from "../../../src/science/cholesky";
import type { Regression } from "./regression";

/** Coefficients by least squares, and how well they are known. */
export interface LeastSquares {
  /** [width] the constant, then one a term */
  readonly coefficients: Float64Array;
  /** [width, width] by the scatter of the residuals */
  readonly covariance: Float64Array;
  /** standard deviation of the residuals, for the coefficients fitted */
  readonly scatter: number;
  /** factor of the normal matrix over the scatter's square: the inverse of `covariance` */
  readonly precision: Cholesky;
}

/** @throws AppError BAD_INPUT if the terms cannot be told apart, or there are fewer stars than coefficients */
export function leastSquares({ stars, width, design, label }: Pick<Regression, "stars" | "width" | "design" | "label">): LeastSquares {
  const normal = new Float64Array(width * width);
  const right = new Float64Array(width);
  for (let star = 0; star < stars; star++)
    for (let i = 0; i < width; i++) {
      right[i]! += design[star * width + i]! * label[star]!;
      for (let j = 0; j < width; j++) normal[i * width + j]! += design[star * width + i]! * design[star * width + j]!;
    }
  const factor = stars > width ? choleskyFactor(normal, width) : null;
  if (!factor)
    throw new AppError(
      "BAD_INPUT",
      `${stars} stars do not determine ${width} coefficients: name fewer terms, or add stars whose terms differ.`,
    );
  const coefficients = choleskySolve(factor, right);
  let squares = 0;
  for (let star = 0; star < stars; star++) {
    let residual = label[star]!;
    for (let i = 0; i < width; i++) residual -= design[star * width + i]! * coefficients[i]!;
    squares += residual ** 2;
  }
  const scatter = Math.sqrt(squares / (stars - width));
  return {
    coefficients,
    covariance: choleskyInverse(factor, width).map((value) => value * scatter ** 2),
    scatter,
    precision: factor.map((value) => value / scatter),
  };
}
