import { type DistanceKey, distanceArcsec, nearestStars, type RegionSearch, searchRegion } from "../../src/catalogue/region/region-search";
import type { SkyRegion } from "../../src/catalogue/region/region-sql";
import type { Database } from "../../src/database/database";
import { propagate } from "../../src/science/epoch";
import { pixelAt, sourceIdOf } from "../../src/science/sky/healpix";
import { polygon } from "../../src/science/sky/sky-polygon";
import { box, cone, type SkyPosition } from "../../src/science/sky/sky-region";
import { openTestDatabase } from "../support/database";
import { uniform } from "../support/random";
import { anyRadius, anywhere, chordAngleDeg, nearby, polygonAround, windsAround } from "../support/sky";

interface Sample extends SkyPosition {
  readonly sourceId: bigint;
  readonly pmra: number | null;
  readonly pmdec: number | null;
  readonly parallax: number | null;
  readonly radialVelocity: number | null;
}

/** Half of them near poles, ra = 0 and corners; ids of places up to 50 arcsec away; some as fast as Barnard's star. */
function makeStars(count: number): Sample[] {
  const chance = uniform(20261121);
  return Array.from({ length: count }, (_, index) => {
    const position = anywhere(chance);
    const firstSeen = nearby(position, 50 / 3600, chance);
    const fast = 7000 * (chance() - 0.5);
    return {
      ...position,
      sourceId: sourceIdOf(pixelAt(firstSeen.raDeg, firstSeen.decDeg), index, 0),
      pmra: chance() < 0.2 ? null : fast,
      pmdec: chance() < 0.2 ? null : 7000 * (chance() - 0.5),
      parallax: chance() < 0.2 ? null : 600 * chance() - 50,
      radialVelocity: chance() < 0.5 ? null : 400 * (chance() - 0.5),
    };
  });
}
const STARS = makeStars(3000);

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  await database.query(
    `INSERT INTO star (release, source_id, ra, dec, pmra, pmdec, parallax, radial_velocity, phot_g_mean_mag)
     SELECT 3, id, ra, dec, pmra, pmdec, plx, rv, id % 7
     FROM unnest($1::int8[], $2::float8[], $3::float8[], $4::float8[], $5::float8[], $6::float8[], $7::real[])
       AS t (id, ra, dec, pmra, pmdec, plx, rv)`,
    [
      STARS.map((s) => s.sourceId),
      STARS.map((s) => s.raDeg),
      STARS.map((s) => s.decDeg),
      STARS.map((s) => s.pmra),
      STARS.map((s) => s.pmdec),
      STARS.map((s) => s.parallax),
      STARS.map((s) => s.radialVelocity && Math.fround(s.radialVelocity)),
    ],
  );
});
afterAll(() => database.close());

const ALL = { release: 3, filter: {}, after: null, first: STARS.length } as const;
const at = (star: Sample, epoch: number | null): SkyPosition => (epoch === null ? star : propagate(star, epoch - 2016));
const byId = (ids: readonly bigint[]) => ids.toSorted((a, b) => (a < b ? -1 : 1));

async function found(region: SkyRegion, epoch: number | null = null): Promise<bigint[]> {
  const { stars } = await searchRegion(database, { ...ALL, region, epoch });
  const distances = stars.map(({ haversine }) => haversine);
  expect(distances).toEqual(distances.toSorted((a, b) => a - b));
  return byId(stars.map(({ sourceId }) => sourceId));
}

function byHand(epoch: number | null, within: (position: SkyPosition) => boolean): bigint[] {
  return byId(STARS.filter((star) => within(at(star, epoch))).map(({ sourceId }) => sourceId));
}

test.each([null, 1900, 2000, 2016, 2100])("cones hold what every star's distance says, at epoch %s", async (epoch) => {
  const chance = uniform(1);
  let stars = 0;
  for (let trial = 0; trial < 16; trial++) {
    // Every other one about a star, so that tiny ones are not all empty.
    const centre = trial % 2 ? at(STARS[trial]!, epoch) : anywhere(chance);
    const radius = anyRadius(chance);
    const expected = byHand(epoch, (position) => chordAngleDeg(centre, position) <= radius);
    expect(await found(cone(centre.raDeg, centre.decDeg, radius), epoch)).toEqual(expected);
    stars += expected.length;
  }
  expect(stars).toBeGreaterThan(100);
});

test.each([null, 1950])("boxes hold what lies between their edges, poles and ra = 0 included, at epoch %s", async (epoch) => {
  const chance = uniform(2);
  let stars = 0;
  for (let trial = 0; trial < 16; trial++) {
    const { raDeg, decDeg } = anywhere(chance);
    const [decMin, decMax] = [Math.max(-90, decDeg - 4 * chance()), Math.min(90, decDeg + 4 * chance())];
    const width = Math.min(350, (4 * chance()) / Math.max(0.01, Math.cos((decDeg * Math.PI) / 180)));
    const [raMin, raMax] = [(raDeg - width / 2 + 360) % 360, (raDeg + width / 2) % 360];
    const expected = byHand(
      epoch,
      (star) => star.decDeg >= decMin && star.decDeg <= decMax && (star.raDeg - raMin + 360) % 360 <= (raMax - raMin + 360) % 360,
    );
    expect(await found(box(raMin, raMax, decMin, decMax), epoch)).toEqual(expected);
    stars += expected.length;
  }
  expect(stars).toBeGreaterThan(60);
});

test("a box around a pole holds the whole cap", async () => {
  const expected = byHand(null, ({ decDeg }) => decDeg >= 89.5);
  expect(await found(box(0, 360, 89.5, 90))).toEqual(expected);
  expect(expected.length).toBeGreaterThan(20);
});

test.each([null, 1950])("polygons hold what they wind around, at epoch %s", async (epoch) => {
  const chance = uniform(3);
  let stars = 0;
  for (let trial = 0; trial < 16; trial++) {
    const corners = polygonAround(anywhere(chance), 0.5 + 7 * chance(), chance);
    const expected = byHand(epoch, (position) => windsAround(corners, position) && chordAngleDeg(corners[0]!, position) < 90);
    expect(await found(polygon(corners), epoch)).toEqual(expected);
    stars += expected.length;
  }
  expect(stars).toBeGreaterThan(60);
});

async function throughPages(search: Omit<RegionSearch, "after">): Promise<bigint[]> {
  const ids: bigint[] = [];
  for (let after: DistanceKey | null = null, hasNext = true; hasNext; ) {
    const page = await searchRegion(database, { ...search, after });
    ids.push(...page.stars.map(({ sourceId }) => sourceId));
    after = page.stars.at(-1) ?? null;
    hasNext = page.hasNext;
  }
  return ids;
}

test("pages of any size, put together, are the whole region in one order, equal distances by source_id", async () => {
  await database.query("INSERT INTO star (release, source_id, ra, dec) SELECT 3, $1::int8 + n, 200.001, 0 FROM generate_series(1, 9) n", [
    sourceIdOf(pixelAt(200.001, 0), 9000, 0),
  ]);
  for (const [region, epoch] of [
    [cone(200, 0, 2), null],
    [cone(0, 90, 0.4), 2050],
    [box(359.5, 0.5, -0.5, 0.5), 1990],
  ] as const) {
    const search = { release: 3, filter: {}, region, epoch } as const;
    const whole = await throughPages({ ...search, first: 5000 });
    expect(whole.length).toBeGreaterThan(8);
    for (const first of [3, whole.length]) expect(await throughPages({ ...search, first })).toEqual(whole);
  }
  await database.query("DELETE FROM star WHERE ra = 200.001");
});

test("only stars that satisfy the filter, of the release, are found", async () => {
  const region = cone(0, 0, 5);
  const { stars } = await searchRegion(database, { ...ALL, region, epoch: null, filter: { photGMeanMag: { min: 2, max: 3 } } });
  const expected = STARS.filter((s) => chordAngleDeg(s, region.centre) <= 5 && [2n, 3n].includes(s.sourceId % 7n));
  expect(byId(stars.map((s) => s.sourceId))).toEqual(byId(expected.map((s) => s.sourceId)));
  expect((await searchRegion(database, { ...ALL, release: 2, region, epoch: null })).stars).toEqual([]);
});

test("the nearest stars are those that a sort of all distances begins with", async () => {
  const chance = uniform(4);
  for (let trial = 0; trial < 8; trial++) {
    const centre = nearby(anywhere(chance), 1, chance);
    const limit = 1 + Math.floor(5 * chance());
    const sorted = STARS.map((star) => ({ ...star, distance: chordAngleDeg(star, centre) })).toSorted((a, b) => a.distance - b.distance);
    const expected = sorted.filter(({ distance }) => distance <= 10).slice(0, limit);
    const stars = await nearestStars(database, { position: centre, limit, release: 3, filter: {}, epoch: null });
    expect(stars.map(({ sourceId }) => sourceId)).toEqual(expected.map(({ sourceId }) => sourceId));
    for (const [index, star] of stars.entries()) expect(distanceArcsec(star) / 3600).toBeCloseTo(expected[index]!.distance, 9);
  }
});

test.each([1899, 2101, Number.NaN])("an epoch of %s is refused", async (epoch) => {
  const search = searchRegion(database, { ...ALL, region: cone(0, 0, 1), epoch });
  await expect(search).rejects.toMatchObject({ code: "BAD_INPUT" });
});

test("a centre next to nothing from a star at 0 does not trouble the database", async () => {
  await database.query("INSERT INTO star (release, source_id, ra, dec) VALUES (3, $1, 0, 0)", [sourceIdOf(pixelAt(0, 0), 9999, 0)]);
  const { stars } = await searchRegion(database, { ...ALL, region: cone(1e-200, -1e-200, 1 / 3600), epoch: null });
  await database.query("DELETE FROM star WHERE ra = 0 AND dec = 0");
  expect(stars.map(({ haversine }) => haversine)).toContain(0);
});

test("the position decides, not the id: a star on the other side of the sky is not found by its id's pixel", async () => {
  const atHome = sourceIdOf(pixelAt(90, 0), 30_000, 0);
  const strayed = [270, 180, 90.5].map((ra, index) => ({ ra, sourceId: sourceIdOf(pixelAt(90, 0), 20_000 + index, 0) }));
  await database.query(
    "INSERT INTO star (release, source_id, ra, dec) SELECT 3, id, ra, 0 FROM unnest($1::int8[], $2::float8[]) t (id, ra)",
    [
      [atHome, ...strayed.map(({ sourceId }) => sourceId)],
      [90, ...strayed.map(({ ra }) => ra)],
    ],
  );
  const corners = [at90(-0.4, -0.4), at90(0.4, -0.4), at90(0.4, 0.4), at90(-0.4, 0.4)];
  for (const region of [cone(90, 0, 0.4), box(89.6, 90.4, -0.4, 0.4), polygon(corners)]) {
    const ids = await found(region);
    expect(ids).toContain(atHome);
    expect(ids.filter((id) => strayed.some(({ sourceId }) => sourceId === id))).toEqual([]);
  }
  await database.query("DELETE FROM star WHERE source_id = ANY($1::int8[])", [[atHome, ...strayed.map(({ sourceId }) => sourceId)]]);
});

function at90(east: number, north: number): SkyPosition {
  return { raDeg: 90 + east, decDeg: north };
}
