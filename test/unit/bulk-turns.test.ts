import { Turns } from "../../src/server/bulk/turns";

let time: number;
let turns: Turns;
const log: string[] = [];
beforeEach(() => {
  time = 0;
  turns = new Turns(2, () => time);
  log.length = 0;
});

/** Work that says when it begins and ends when it is told to. */
function work(name: string, signal?: AbortSignal) {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const taken = turns.take(signal, async () => {
    log.push(name);
    await ended;
    return name;
  });
  return { taken, end };
}

const settle = () => new Promise(setImmediate);

test("so many work at once, and the others in the order they came", async () => {
  const [a, b, c, d] = ["a", "b", "c", "d"].map((name) => work(name)) as ReturnType<typeof work>[];
  expect(log).toEqual(["a", "b"]);
  b!.end();
  expect(await b!.taken).toBe("b");
  await settle();
  expect(log).toEqual(["a", "b", "c"]);
  a!.end();
  c!.end();
  await settle();
  expect(log).toEqual(["a", "b", "c", "d"]);
  d!.end();
  await d!.taken;
  await turns.take(undefined, async () => log.push("e"));
});

test("work that fails gives its turn back", async () => {
  for (let n = 0; n < 5; n++) await expect(turns.take(undefined, () => Promise.reject(new Error("lost")))).rejects.toThrow("lost");
  await turns.take(undefined, async () => log.push("works"));
  expect(log).toEqual(["works"]);
});

test("who is gone before its turn takes none", async () => {
  const [a, b] = [work("a"), work("b")];
  const gone = new AbortController();
  const [c, d] = [work("c", gone.signal), work("d")];
  const reason = new Error("The client is gone.");
  gone.abort(reason);
  await expect(c.taken).rejects.toBe(reason);
  await expect(turns.take(gone.signal, async () => log.push("never"))).rejects.toBe(reason);
  for (const { end } of [a, b, d]) end();
  await d.taken;
  expect(log).toEqual(["a", "b", "d"]);
});

test("nobody begins to wait where somebody has waited for long", async () => {
  const [a, b] = [work("a"), work("b")];
  time = 60_000;
  const c = work("c");
  time += 10_000;
  expect(() => turns.requireSoon()).not.toThrow();
  time += 1;
  expect(() => turns.requireSoon()).toThrow(expect.objectContaining({ code: "OVERLOADED" }));
  for (const { end } of [a, b, c]) end();
  await c.taken;
  expect(() => turns.requireSoon()).not.toThrow();
});
