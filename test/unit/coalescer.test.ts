import { Coalescer } from "../../src/graphql/loading/coalescer";
import { type Lookup, lookedUp } from "../../src/telemetry/signals";

/** A source whose batches end when the test says so. */
function slowSource(settings: { maxKeys?: number; maxInFlight?: number } = {}) {
  const batches: { keys: readonly number[]; end: () => void; fail: (error: Error) => void }[] = [];
  const observed: Lookup[] = [];
  lookedUp.hear((lookup) => observed.push(lookup));
  const fetch = (keys: readonly number[]) =>
    new Promise<string[]>((resolve, reject) => {
      batches.push({ keys, end: () => resolve(keys.map((key) => `value of ${key}`)), fail: reject });
    });
  const coalescer = new Coalescer(fetch, { source: "test", ...settings });
  return { coalescer, batches, observed };
}

const turnOfTheLoop = () => new Promise((resolve) => setImmediate(resolve));

test("loads of one turn of the event loop are one batch, each key in it once", async () => {
  const { coalescer, batches, observed } = slowSource();
  const loads = [coalescer.load([1, 2]), coalescer.load([2, 3, 2]), coalescer.load([])];
  await turnOfTheLoop();
  batches[0]?.end();
  expect(await Promise.all(loads)).toEqual([["value of 1", "value of 2"], ["value of 2", "value of 3", "value of 2"], []]);
  expect(batches.map(({ keys }) => keys)).toEqual([[1, 2, 3]]);
  expect(observed).toMatchObject([{ group: "test", keys: 3, loads: 3, waiting: 0 }]);
});

test("a batch that fails rejects the loads that were in it, and no others", async () => {
  const { coalescer, batches } = slowSource();
  const doomed = [coalescer.load([1]), coalescer.load([2])];
  await turnOfTheLoop();
  const spared = coalescer.load([2]);
  await turnOfTheLoop();
  batches[0]?.fail(new Error("the first batch"));
  batches[1]?.end();
  expect(await Promise.allSettled(doomed)).toMatchObject([
    { reason: new Error("the first batch") },
    { reason: new Error("the first batch") },
  ]);
  expect(await spared).toEqual(["value of 2"]);
});

test("nothing is remembered: a key is fetched again by the next batch", async () => {
  let written = "before";
  const coalescer = new Coalescer(async (keys: readonly number[]) => keys.map(() => written), { source: "test" });
  expect(await coalescer.load([1])).toEqual(["before"]);
  written = "after";
  expect(await coalescer.load([1])).toEqual(["after"]);
});

test("while enough batches are under way, loads wait and then leave together", async () => {
  const { coalescer, batches, observed } = slowSource({ maxInFlight: 2 });
  const loads: Promise<string[]>[] = [];
  for (const key of [1, 2, 3, 4]) {
    loads.push(coalescer.load([key]));
    await turnOfTheLoop();
  }
  expect(batches.map(({ keys }) => keys)).toEqual([[1], [2]]);
  batches[0]?.end();
  await loads[0];
  expect(batches.map(({ keys }) => keys)).toEqual([[1], [2], [3, 4]]);
  for (const { end } of batches) end();
  expect((await Promise.all(loads)).flat()).toHaveLength(4);
  expect(observed.at(-1)).toMatchObject({ group: "test", keys: 2, loads: 2, waiting: 0 });
});

test("a batch takes whole loads up to its size, the small ones first, and a larger load alone", async () => {
  const { coalescer, batches, observed } = slowSource({ maxKeys: 3, maxInFlight: 9 });
  const loads = [[1, 2], [3], [4], [5, 6, 7, 8], [9]].map((keys) => coalescer.load(keys));
  await turnOfTheLoop();
  for (const { end } of batches) end();
  await Promise.all(loads);
  expect(batches.map(({ keys }) => keys)).toEqual([
    [3, 4, 9],
    [1, 2],
    [5, 6, 7, 8],
  ]);
  expect(observed.map(({ waiting }) => waiting)).toEqual([2, 1, 0]);
});

test("small loads go before a large one three times, and then it is its turn", async () => {
  const { coalescer, batches } = slowSource({ maxKeys: 2, maxInFlight: 1 });
  const loads = [[1, 2], [10, 11, 12], [3, 4], [5, 6], [7, 8], [9]].map((keys) => coalescer.load(keys));
  await turnOfTheLoop();
  for (let batch = 0; batch < 6; batch++) {
    batches[batch]?.end();
    await turnOfTheLoop();
  }
  await Promise.all(loads);
  expect(batches.map(({ keys }) => keys)).toEqual([[9], [1, 2], [3, 4], [10, 11, 12], [5, 6], [7, 8]]);
});

test("what a reader does with the answer's list is not seen by another", async () => {
  const coalescer = new Coalescer(async (keys: readonly number[]) => keys.map((key) => key), { source: "test" });
  const [one, other] = await Promise.all([coalescer.load([1, 2]), coalescer.load([1, 2])]);
  one?.reverse();
  expect(other).toEqual([1, 2]);
});

test("a source that throws before it promises rejects its loads", async () => {
  const coalescer = new Coalescer<number, string>(
    () => {
      throw new Error("no source");
    },
    { source: "test" },
  );
  await expect(coalescer.load([1])).rejects.toThrow("no source");
});
