import { choleskyFactor, choleskyInverse } from "../../../../src/science/cholesky";
import { blockedCholesky, productsOfRows } from "../../../../training/families/gp/blocked-cholesky";
import { evidence } from "../../../../training/families/gp/evidence";
import { inverseOf } from "../../../../training/families/gp/inverse";
import { normal } from "../../../support/random";

test("the slope of the evidence is that of its value", () => {
  const gauss = normal(1);
  const inputs = Float64Array.from({ length: 40 * 3 }, gauss);
  const labels = [0, 1].map((output) => Float64Array.from({ length: 40 }, (_, i) => Math.sin(inputs[3 * i + output]!) + 0.1 * gauss()));
  const point = Float64Array.of(0.5, 1.2, 1, 0.3, -2);
  const at = (index: number, step: number) =>
    evidence(
      { inputs, columns: 3, labels },
      point.map((one, i) => (i === index ? one + step : one)),
    ).value;
  const { gradient } = evidence({ inputs, columns: 3, labels }, point);
  gradient.forEach((slope, index) => {
    expect(slope).toBeCloseTo((at(index, 1e-5) - at(index, -1e-5)) / 2e-5, 6);
  });
});

test("the inverse of a matrix by its rows is that by its columns", () => {
  const gauss = normal(2);
  const n = 12;
  const root = Float64Array.from({ length: n * n }, gauss);
  const matrix = Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return root.subarray(i * n, i * n + n).reduce((sum, one, k) => sum + one * root[j * n + k]!, i === j ? 1 : 0);
  });
  const factor = choleskyFactor(matrix, n)!;
  const [found, wanted] = [inverseOf(factor, n), choleskyInverse(factor, n)];
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) expect(found[i * n + j]!).toBeCloseTo(wanted[i * n + j]!, 10);
});

test("the factor of a matrix, block by block, is the one row by row", () => {
  const gauss = normal(3);
  const n = 150;
  const root = Float64Array.from({ length: n * n }, gauss);
  const matrix = productsOfRows(root, n, n);
  for (let i = 0; i < n; i++) matrix[i * n + i]! += n;
  const wanted = choleskyFactor(matrix, n)!;
  const found = blockedCholesky(matrix.slice(), n)!;
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) expect(found[i * n + j]!).toBeCloseTo(wanted[i * n + j]!, 9);
  matrix[5 * n + 5] = -1;
  expect(blockedCholesky(matrix, n)).toBeNull();
});
