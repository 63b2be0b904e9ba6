import { direction } from "../../../src/science/sky/coordinates";
import { coverage } from "../../../src/science/sky/coverage";
import { coverageOfCones } from "../../../src/science/sky/coverage-of-cones";
import { pixelAt } from "../../../src/science/sky/healpix";
import { cone } from "../../../src/science/sky/sky-region";
import { uniform } from "../../support/random";
import { anywhere, nearby } from "../../support/sky";

const towards = ({ raDeg, decDeg }: { raDeg: number; decDeg: number }) => direction(raDeg, decDeg);
const pixels = (ranges: ReturnType<typeof coverage>) => ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);

test("the pixels of many cones hold all within each of them, at any radius and around poles and ra = 0", () => {
  const chance = uniform(5);
  for (const radius of [1e-6, 0.001, 61 / 3600, 250 / 3600, 1, 20]) {
    const centres = Array.from({ length: 100 }, () => anywhere(chance));
    const ranges = coverageOfCones(centres.map(towards), radius);
    const missed = centres.flatMap((centre) =>
      Array.from({ length: 20 }, () => nearby(centre, radius, chance)).filter(({ raDeg, decDeg }) => {
        const pixel = pixelAt(raDeg, decDeg);
        return !ranges.some(({ first, last }) => pixel >= first && pixel <= last);
      }),
    );
    expect(missed).toEqual([]);
    for (const [index, { first }] of ranges.entries()) if (index > 0) expect(first).toBeGreaterThan(ranges[index - 1]!.last + 1);
  }
});

test("a cone takes at most five times the sky of the finest coverage, and the same cone twice no more than once", () => {
  const chance = uniform(6);
  for (let trial = 0; trial < 20; trial++) {
    const { raDeg, decDeg } = anywhere(chance);
    const [once, twice] = [[towards({ raDeg, decDeg })], [towards({ raDeg, decDeg }), towards({ raDeg, decDeg })]];
    const finest = pixels(coverage(cone(raDeg, decDeg, 250 / 3600), 0));
    expect(pixels(coverageOfCones(once, 250 / 3600)) / finest).toBeLessThan(5);
    expect(coverageOfCones(twice, 250 / 3600)).toEqual(coverageOfCones(once, 250 / 3600));
  }
});

test("no cones cover nothing", () => expect(coverageOfCones([], 1)).toEqual([]));
