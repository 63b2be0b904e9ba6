import { Batcher, type BatcherSettings } from "../../src/models/inference/batcher";
import type { Runnable } from "../../src/models/inference/inference-engine";

const TENSORS = [
  { name: "value", width: 1 },
  { name: "error", width: 1 },
];
const model = (id: number): Runnable => ({ id, name: `model@${id}`, tensors: TENSORS, read: async () => new Uint8Array() });
const ALPHA = model(1);
const BETA = model(2);
const SETTINGS: BatcherSettings = { batchSize: 4, batchWindowMs: 0, queueLimit: 100 };
const range = (first: number, count: number) => Float32Array.from({ length: count }, (_, index) => first + index);

/** A model that doubles its one input, and remembers the batches it was given. */
function doubling(settings: Partial<BatcherSettings> = {}) {
  const batches: [model: number, stars: number][] = [];
  const batcher = new Batcher(
    async ({ id }, inputs, stars) => {
      batches.push([id, stars]);
      await new Promise(setImmediate);
      return { value: inputs.map((x) => 2 * x), error: inputs.map(() => 1) };
    },
    { ...SETTINGS, ...settings },
  );
  return { batcher, batches };
}

test("requests within a window share a batch, and each gets its own stars back", async () => {
  const { batcher, batches } = doubling();
  const answers = await Promise.all([batcher.predict(ALPHA, range(0, 1), 1), batcher.predict(ALPHA, range(10, 2), 2)]);
  expect(batches).toEqual([[1, 3]]);
  expect(answers.map(({ value }) => [...value!])).toEqual([[0], [20, 22]]);
});

test("a request larger than a batch is cut and put together again", async () => {
  const { batcher, batches } = doubling();
  const { value } = await batcher.predict(ALPHA, range(0, 10), 10);
  expect(batches.map(([, stars]) => stars)).toEqual([4, 4, 2]);
  expect([...value!]).toEqual([...range(0, 10)].map((x) => 2 * x));
});

test("a full batch does not wait for the window", async () => {
  const { batcher } = doubling({ batchWindowMs: 60_000 });
  await expect(batcher.predict(ALPHA, range(0, 4), 4)).resolves.toBeDefined();
});

test("models take turns: a long queue of one does not hold up another", async () => {
  const { batcher, batches } = doubling();
  await Promise.all([batcher.predict(ALPHA, range(0, 40), 40), batcher.predict(BETA, range(0, 1), 1)]);
  expect(batches.findIndex(([id]) => id === 2)).toBeLessThan(4);
});

test("a full queue is answered with OVERLOADED and takes stars again once it has drained", async () => {
  const { batcher } = doubling({ queueLimit: 6 });
  const first = batcher.predict(ALPHA, range(0, 5), 5);
  await expect(batcher.predict(BETA, range(0, 2), 2)).rejects.toMatchObject({ code: "OVERLOADED" });
  await first;
  await expect(batcher.predict(BETA, range(0, 6), 6)).resolves.toBeDefined();
});

test("a batch that fails rejects its requests once, and frees the queue", async () => {
  let fail = true;
  const batcher = new Batcher(
    async (_model, inputs) => {
      if (fail) throw new Error("no such operator");
      return { value: inputs, error: inputs };
    },
    { ...SETTINGS, queueLimit: 10 },
  );
  const both = await Promise.allSettled([batcher.predict(ALPHA, range(0, 9), 9), batcher.predict(ALPHA, range(0, 1), 1)]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  fail = false;
  await expect(batcher.predict(ALPHA, range(0, 10), 10)).resolves.toBeDefined();
});

test("no stars are answered at once", async () => {
  const { batcher, batches } = doubling();
  expect((await batcher.predict(ALPHA, range(0, 0), 0)).value).toHaveLength(0);
  expect(batches).toEqual([]);
});
