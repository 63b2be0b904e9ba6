import { minimise } from "../../../../training/fit/lbfgs";
import { minimiseLinear } from "../../../../training/fit/newton";

test("L-BFGS finds the bottom of Rosenbrock's valley", () => {
  const evaluate = (point: Float64Array) => {
    const [x, y] = [point[0]!, point[1]!];
    return {
      value: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
      gradient: Float64Array.of(-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)),
    };
  };
  const [x, y] = minimise(evaluate, Float64Array.of(-1.2, 1), 200);
  expect(x!).toBeCloseTo(1, 3);
  expect(y!).toBeCloseTo(1, 3);
});

test("Newton's method finds the least squares of a line, shrunk by a ridge as the formula says", () => {
  const terms = Float64Array.of(1, 0, 1, 1, 1, 2, 1, 3);
  const wanted = [1, 3, 5, 7];
  const loss = (predictor: number, row: number) => {
    const error = predictor - wanted[row]!;
    return { value: (error * error) / 2, gradient: error, curvature: 1 };
  };
  const free = minimiseLinear({ terms, size: 2, offset: null, ridge: new Float64Array(2), loss }, new Float64Array(2));
  expect(free[0]!).toBeCloseTo(1, 6);
  expect(free[1]!).toBeCloseTo(2, 6);
  const shrunk = minimiseLinear({ terms, size: 2, offset: null, ridge: Float64Array.of(0, 5), loss }, new Float64Array(2));
  // About the means 1.5 and 4: 10 / (5 + 5).
  expect(shrunk[1]!).toBeCloseTo(1, 6);
});
