import { classWeights, quantityWeights } from "../../../../training/fit/stack-weights";
import { normal } from "../../../support/random";

const ROWS = 4000;
const rows = Int32Array.from({ length: ROWS }, (_, row) => row);

test("members whose errors are independent are weighed by their inverse variances, nearly", () => {
  const gauss = normal(1);
  const reference = Float64Array.from({ length: ROWS }, gauss);
  const [good, bad] = [0.1, 0.2].map((error) => reference.map((value) => value + error * gauss()));
  const [first, second] = quantityWeights([good!, bad!], reference, rows);
  // 1 / 0.01 to 1 / 0.04; the pull towards equal weights takes a little.
  expect(first!).toBeCloseTo(0.8, 1);
  expect(first! + second!).toBeCloseTo(1, 9);
});

test("a member that only repeats another one's errors and adds its own gets no weight", () => {
  const gauss = normal(2);
  const reference = Float64Array.from({ length: ROWS }, gauss);
  const good = reference.map((value) => value + 0.1 * gauss());
  const worse = good.map((value) => value + 0.3 * gauss());
  expect(quantityWeights([good, worse], reference, rows)[1]!).toBeLessThan(0.03);
});

test("of probabilities, a member that knows nothing gets hardly any weight", () => {
  const reference = Int32Array.from(rows, (row) => row % 2);
  const knows = Float64Array.from({ length: 2 * ROWS }, (_, at) => (at % 2 === reference[Math.floor(at / 2)] ? 0.9 : 0.1));
  const knowsNothing = new Float64Array(2 * ROWS).fill(0.5);
  const [first, second] = classWeights([knows, knowsNothing], 2, reference, rows);
  expect(first!).toBeGreaterThan(0.98);
  expect(first! + second!).toBeCloseTo(1, 9);
});
