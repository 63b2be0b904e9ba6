import { splitByStar } from "../../../training/datasets/split";

const keys = Array.from({ length: 5000 }, (_, row) => `star-${Math.floor(row / 2)}`);

test("rows of the same star go the same way", () => {
  const { test: tested, fold } = splitByStar(keys, 0.15, 8);
  const inTest = new Set(Array.from(tested, (row) => keys[row]));
  const { training } = splitByStar(keys, 0.15, 8);
  expect(Array.from(training, (row) => keys[row]).filter((key) => inTest.has(key))).toEqual([]);
  expect(keys.every((_, row) => fold[row] === fold[row - (row % 2)])).toBe(true);
});

test("the shares are as asked for", () => {
  const { test: tested, training, fold } = splitByStar(keys, 0.15, 8);
  expect(tested.length + training.length).toBe(keys.length);
  expect(tested.length / keys.length).toBeCloseTo(0.15, 1);
  expect(new Set(fold).size).toBe(8);
});

test("a star's part depends on no other star", () => {
  const all = splitByStar(keys, 0.15, 8);
  const few = splitByStar(keys.slice(0, 100), 0.15, 8);
  expect([...few.test]).toEqual([...all.test].filter((row) => row < 100));
  expect([...few.fold]).toEqual([...all.fold.slice(0, 100)]);
});
