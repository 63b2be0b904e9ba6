import { FairTurns } from "../../src/graphql/loading/fair-turns";

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("owners take turns, each with its own work in order", async () => {
  const turns = new FairTurns(1);
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const [many, few] = [{}, {}];
  const work = (name: string) => () => {
    begun.push(name);
    return new Promise<void>((end) => ends.push(end));
  };
  const all = [...["many 1", "many 2", "many 3", "many 4"].map((name) => turns.take(many, work(name))), turns.take(few, work("few 1"))];
  for (let turn = 0; turn < all.length; turn++) {
    await settled();
    ends[turn]?.();
  }
  await Promise.all(all);
  expect(begun).toEqual(["many 1", "many 2", "few 1", "many 3", "many 4"]);
});

test("work that fails gives its turn back, and its failure is its asker's", async () => {
  const turns = new FairTurns(1);
  await expect(turns.take({}, () => Promise.reject(new Error("no page")))).rejects.toThrow("no page");
  expect(await turns.take({}, async () => "a page")).toBe("a page");
});
