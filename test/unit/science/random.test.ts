import { Random } from "../../../src/science/random";
import { mean, standardDeviation } from "../../../src/science/statistics";

test("xoshiro128** gives the reference implementation's sequence from the state 1, 2, 3, 4", () => {
  const random = Random.fromState([1, 2, 3, 4]);
  const expected = [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804];
  expect(expected.map(() => random.uint32())).toEqual(expected);
});

test("a seed and a stream repeat; another seed or stream differs", () => {
  const first = (seed: number, stream: number) => new Random(seed, stream).uint32();
  expect(first(42, 7)).toBe(first(42, 7));
  const draws = new Set(Array.from({ length: 20_000 }, (_, i) => first(i % 100, Math.floor(i / 100))));
  expect(draws.size).toBeGreaterThan(19_990); // the birthday paradox allows a meeting among 2^32
});

test("first draws of neighbouring streams are uniform and uncorrelated", () => {
  const draws = Array.from({ length: 20_000 }, (_, stream) => new Random(42, stream).uniform());
  expect(mean(draws)).toBeCloseTo(0.5, 2);
  expect(standardDeviation(draws)).toBeCloseTo(Math.sqrt(1 / 12), 2);
  const products = draws.slice(1).map((draw, i) => (draw - 0.5) * (draws[i]! - 0.5));
  expect(Math.abs(mean(products)) * 12).toBeLessThan(0.03);
});

test("normal deviates have mean 0 and standard deviation 1", () => {
  const random = new Random(1);
  const draws = Array.from({ length: 50_000 }, () => random.normal());
  expect(mean(draws)).toBeCloseTo(0, 1);
  expect(standardDeviation(draws)).toBeCloseTo(1, 1);
});
