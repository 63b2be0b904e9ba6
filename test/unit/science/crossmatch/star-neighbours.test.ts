import type { MatchObject, MatchStar } from "../../../../src/science/crossmatch/match-object";
import { epochSpan, StarNeighbours } from "../../../../src/science/crossmatch/star-neighbours";
import { propagate } from "../../../../src/science/epoch";
import { angles, direction, type Vector } from "../../../../src/science/sky/coordinates";
import { uniform } from "../../../support/random";

const ARCSEC = Math.PI / 180 / 3600;
const RADIUS = 2;

const star = (sourceId: number, raDeg: number, decDeg: number, motion: Partial<MatchStar> = {}): MatchStar => ({
  sourceId: BigInt(sourceId),
  raDeg,
  decDeg,
  refEpoch: 2016,
  pmra: 0,
  pmdec: 0,
  raErrorMas: null,
  decErrorMas: null,
  pmraError: null,
  pmdecError: null,
  ...motion,
});
const object = (raDeg: number, decDeg: number, epoch: number | null = 2016): MatchObject => ({ raDeg, decDeg, epoch, errorArcsec: null });

function neighbours(stars: readonly MatchStar[], objects: readonly MatchObject[], radius = RADIUS) {
  const search = new StarNeighbours(
    stars,
    radius,
    epochSpan(objects),
    objects.some(({ epoch }) => epoch === null),
  );
  return objects.map((one) => search.of(one).map(({ star: { sourceId }, separation }) => ({ sourceId: Number(sourceId), separation })));
}

/** A direction some arcseconds from another. */
function beside([x, y, z]: Vector, arcsec: number, chance: () => number) {
  const shift = () => (2 * chance() - 1) * arcsec * ARCSEC;
  const { longitudeDeg, latitudeDeg } = angles([x + shift(), y + shift(), z + shift()]);
  return { raDeg: longitudeDeg % 360, decDeg: latitudeDeg };
}

/** Places all over the sky, a third of them around the poles and a third along ra = 0. */
function places(count: number, chance: () => number): Vector[] {
  return Array.from({ length: count }, (_, index) => {
    if (index % 3 === 0) return direction(360 * chance(), (chance() < 0.5 ? 1 : -1) * (90 - 0.5 * chance()));
    if (index % 3 === 1) return direction((359.99 + 0.02 * chance()) % 360, 20 * chance() - 10);
    return direction(360 * chance(), (Math.asin(2 * chance() - 1) * 180) / Math.PI);
  });
}

const EPOCHS = [2016, 1999.5, 1951] as const;

/** Every pair within the radius, by comparing each object with each star. */
function bruteForce(stars: readonly MatchStar[], objects: readonly MatchObject[]): string[] {
  const limit = (2 * Math.sin((RADIUS * ARCSEC) / 2)) ** 2;
  const placesAt = new Map(
    EPOCHS.map((epoch) => {
      const moved = stars.map((one) => propagate(one, epoch - one.refEpoch));
      return [epoch as number, Float64Array.from(moved.flatMap(({ raDeg, decDeg }) => direction(raDeg, decDeg)))];
    }),
  );
  return objects.flatMap(({ raDeg, decDeg, epoch }, number) => {
    const [x, y, z] = direction(raDeg, decDeg);
    const at = placesAt.get(epoch!)!;
    const found: string[] = [];
    for (let index = 0; index < stars.length; index++) {
      const chord = (at[3 * index]! - x) ** 2 + (at[3 * index + 1]! - y) ** 2 + (at[3 * index + 2]! - z) ** 2;
      if (chord <= limit) found.push(`${number}-${index}`);
    }
    return found;
  });
}

test("the pairs of 20,000 objects and 20,000 moving stars are those of comparing each with each, poles and ra = 0 included", () => {
  const chance = uniform(11);
  const around = places(20_000, chance);
  const stars = around.map((place, index) => {
    const { raDeg, decDeg } = beside(place, 2, chance);
    // One star in a hundred is as fast as Barnard's.
    const speed = index % 100 === 0 ? 10_000 : 100;
    return star(index, raDeg, decDeg, { pmra: speed * (2 * chance() - 1), pmdec: speed * (2 * chance() - 1) });
  });
  const objects = around.map((_, index) => {
    const epoch = EPOCHS[index % EPOCHS.length]!;
    const moved = propagate(stars[index]!, epoch - 2016);
    return { ...object(0, 0, epoch), ...beside(direction(moved.raDeg, moved.decDeg), 1.5, chance) };
  });
  const pairs = neighbours(stars, objects).flatMap((found, number) => found.map(({ sourceId }) => `${number}-${sourceId}`));
  expect(pairs.length).toBeGreaterThan(15_000);
  expect(pairs.sort()).toEqual(bruteForce(stars, objects).sort());
});

test("separations are great-circle distances: over the pole, across ra = 0 and along a parallel near the pole", () => {
  const stars = [star(1, 10, 89.9999), star(2, 0.0002, 0), star(3, 100, 89)];
  const found = neighbours(stars, [object(190, 89.9999), object(359.9999, 0), object(100.02, 89)]);
  expect(found.map(([one]) => one?.sourceId)).toEqual([1, 2, 3]);
  expect(found[0]![0]!.separation).toBeCloseTo(0.72, 9);
  expect(found[1]![0]!.separation).toBeCloseTo(1.08, 9);
  expect(found[2]![0]!.separation).toBeCloseTo(0.02 * 3600 * Math.cos((89 * Math.PI) / 180), 5);
});

test("a star is found where it was at each object's own epoch, and nowhere else", () => {
  const fast = star(1, 50, 0, { pmra: 0, pmdec: 3600 });
  const objects = [object(50, 0), object(50, -0.02, 1996), object(50, 0, 1996), object(50, -0.02)];
  expect(neighbours([fast], objects).map((found) => found.length)).toEqual([1, 1, 0, 0]);
});

test("without an epoch of the object, or with half a proper motion, a star does not move", () => {
  const [fast, half] = [star(1, 50, 0, { pmdec: 3600 }), star(2, 60, 0, { pmra: null, pmdec: 3600 })];
  const objects = [object(50, 0, null), object(60, 0, 1950), object(50, (-3.6 * 66) / 3600, 1950)];
  expect(neighbours([fast, half], objects).map((found) => found.map(({ sourceId }) => sourceId))).toEqual([[1], [2], [1]]);
});

test("the radius itself is within, and each star is found once though it was filed along its way", () => {
  const fast = star(1, 50, 0, { pmra: 10_000 });
  const far = object(50, RADIUS / 3600);
  const [found, none] = [
    neighbours([fast], [far, object(40, 0, 1950)], RADIUS * (1 + 1e-12)),
    neighbours([fast], [far], RADIUS * (1 - 1e-9)),
  ];
  expect([found[0]!.length, none[0]!.length]).toEqual([1, 0]);
});
