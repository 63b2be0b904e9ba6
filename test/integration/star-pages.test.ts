import { ORDER_COLUMNS, type StarKey, type StarOrder } from "../../src/catalogue/page-order";
import { starPage } from "../../src/catalogue/star-page";
import type { Database } from "../../src/database/database";
import { openTestDatabase } from "../support/database";

let database: Database;

/** Few distinct values and many gaps: ties and nulls fall on every page border. Generator: Park and Miller 1988. */
function makeStars(count: number) {
  let state = 20261121;
  const random = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const coarse = (choices: number) => (random() < 0.3 ? null : Math.floor(random() * choices) / 4);
  return Array.from({ length: count }, (_, index) => ({
    sourceId: 2n ** 62n + BigInt(index * 7919),
    photGMeanMag: coarse(6),
    bpRp: coarse(3),
    parallax: coarse(8),
  }));
}
const STARS = makeStars(150);

beforeAll(async () => {
  database = await openTestDatabase();
  await database.query(
    `INSERT INTO star (release, source_id, ra, dec, phot_g_mean_mag, bp_rp, parallax)
     SELECT 3, id, 1, 1, g, colour, plx FROM unnest($1::int8[], $2::real[], $3::real[], $4::float8[]) AS t (id, g, colour, plx)`,
    [STARS.map((s) => s.sourceId), STARS.map((s) => s.photGMeanMag), STARS.map((s) => s.bpRp), STARS.map((s) => s.parallax)],
  );
});
afterAll(() => database.close());

function sortedByHand({ by, direction }: StarOrder): bigint[] {
  const sign = direction === "ASC" ? 1 : -1;
  const byId = (a: bigint, b: bigint) => (a < b ? -sign : sign);
  if (by === "sourceId") return STARS.map((star) => star.sourceId).sort(byId);
  return [...STARS]
    .sort((a, b) => {
      const [x, y] = [a[by], b[by]];
      if (x === y) return byId(a.sourceId, b.sourceId);
      if (x === null) return 1;
      return y === null ? -1 : sign * (x - y);
    })
    .map((star) => star.sourceId);
}

async function throughPages(order: StarOrder, first: number): Promise<bigint[]> {
  const ids: bigint[] = [];
  for (let after: StarKey | null = null, hasNext = true; hasNext; ) {
    const page = await starPage(database, { release: 3, filter: {}, order, after, first });
    expect(page.keys.length).toBe(page.hasNext ? first : page.keys.length);
    ids.push(...page.keys.map((key) => key.sourceId));
    after = page.keys.at(-1) ?? null;
    hasNext = page.hasNext;
  }
  return ids;
}

const ORDERS = ORDER_COLUMNS.flatMap((by) => (["ASC", "DESC"] as const).map((direction): StarOrder => ({ by, direction })));

test.each(ORDERS)("pages by $by $direction, put together, are all stars once, as a sort by hand has them", async (order) => {
  const expected = sortedByHand(order);
  for (const first of [1, 7, 50, 150, 151]) expect(await throughPages(order, first)).toEqual(expected);
});

test("a star inserted behind the cursor neither repeats nor hides another", async () => {
  const order = { by: "photGMeanMag", direction: "ASC" } as const;
  const before = await starPage(database, { release: 3, filter: {}, order, after: null, first: 10 });
  await database.query("INSERT INTO star (release, source_id, ra, dec, phot_g_mean_mag) VALUES (3, 1, 1, 1, -2)");
  const next = await starPage(database, { release: 3, filter: {}, order, after: before.keys.at(-1) ?? null, first: 10 });
  await database.query("DELETE FROM star WHERE source_id = 1");
  expect(next.keys.map((key) => key.sourceId)).toEqual(sortedByHand(order).slice(10, 20));
});

test.each(ORDERS)("stars that come and go between pages by $by $direction leave every other star in its place", async (order) => {
  const seen: bigint[] = [];
  let guests = 0;
  for (let after: StarKey | null = null, hasNext = true; hasNext; ) {
    const page = await starPage(database, { release: 3, filter: {}, order, after, first: 20 });
    seen.push(...page.keys.map((key) => key.sourceId));
    [after, hasNext] = [page.keys.at(-1) ?? null, page.hasNext];
    await database.query("DELETE FROM star WHERE source_id <= $1::int8", [guests]);
    // Of every value there is, and of none, before and behind every cursor.
    await database.query(
      `INSERT INTO star (release, source_id, ra, dec, phot_g_mean_mag, bp_rp, parallax)
       SELECT 3, $1::int8 + n, 1, 1, nullif(n, 7) / 4.0, nullif(n, 3) / 4.0, nullif(n, 8) / 4.0 FROM generate_series(1, 9) AS n`,
      [guests],
    );
    guests += 9;
  }
  await database.query("DELETE FROM star WHERE source_id <= $1::int8", [guests]);
  const residents = seen.filter((id) => id > guests);
  expect(residents).toEqual(sortedByHand(order));
});
