import { sourceIdColumn } from "../../src/catalogue/source-id-column";
import { ColumnIndex } from "../../src/formats/column-index";
import { RoundedIds } from "../../src/science/rounded-ids";
import { uniform } from "../support/random";

/** Ids as Gaia makes them: multiples of 128, all over the sky. */
function gaiaIds(count: number, seed: number): bigint[] {
  const next = uniform(seed);
  return Array.from(
    { length: count },
    () => BigInt(Math.floor(next() * 12 * 4 ** 12)) * 2n ** 35n + BigInt(Math.floor(next() * 2 ** 28)) * 128n,
  );
}

/** @returns how many ids were read until they were noticed; null if they were not */
function noticedAfter(ids: readonly bigint[]): number | null {
  const watch = new RoundedIds();
  const at = ids.findIndex((id) => watch.see(id));
  return at === -1 ? null : at + 1;
}

test("true ids are never taken for rounded ones", () => {
  for (let seed = 1; seed <= 300; seed++) expect(noticedAfter(gaiaIds(200, seed))).toBeNull();
});

test("ids that a program made whole numbers of doubles are noticed", () => {
  for (let seed = 1; seed <= 50; seed++) {
    const rounded = gaiaIds(200, seed).map((id) => BigInt(Number(id)));
    expect(noticedAfter(rounded)).toBeLessThan(60);
  }
});

test("ids with the decimals of a double are noticed after a few", () => {
  for (let seed = 1; seed <= 50; seed++) {
    const printed = gaiaIds(50, seed).map((id) => BigInt(String(Number(id))));
    expect(noticedAfter(printed)).toBeLessThan(12);
  }
});

test("an id that comes again and again, and ids of a sky pixel alone, prove nothing", () => {
  expect(noticedAfter(Array(100).fill(6917528997577384000n))).toBeNull();
  expect(noticedAfter(Array.from({ length: 100 }, (_, pixel) => BigInt(150_000_000 + pixel) * 2n ** 35n))).toBeNull();
});

test("a column of rounded ids is refused with an example", () => {
  const columns = [{ name: "source_id", unit: null, description: null, kind: "text" as const }];
  const wanted = { column: "source_id", release: 3 as const, isGaiaTable: true };
  const read = sourceIdColumn({ name: "t.csv", columns }, new ColumnIndex(columns), wanted);
  const ids = ["6917528997577384000", "5853498713190525000", "4583627001381816000"];
  expect(() => ids.map((id) => read([id]))).toThrow("t.csv, column source_id: its long ids, such as 4583627001381816000, are all");
});
