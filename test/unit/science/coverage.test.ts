import { direction, RADIANS } from "../../../src/science/sky/coordinates";
import { coverage } from "../../../src/science/sky/coverage";
import { pixelAt } from "../../../src/science/sky/healpix";
import { polygon } from "../../../src/science/sky/sky-polygon";
import { box, cone, type Region, type SkyPosition } from "../../../src/science/sky/sky-region";
import { uniform } from "../../support/random";
import { anyRadius, anywhere, chordAngleDeg, nearby, polygonAround, windsAround } from "../../support/sky";

const PADDING_DEG = 60 / 3600;
const covers = (ranges: ReturnType<typeof coverage>, { raDeg, decDeg }: SkyPosition) => {
  const pixel = pixelAt(raDeg, decDeg);
  return ranges.some(({ first, last }) => pixel >= first && pixel <= last);
};
const signed = (region: Region, { raDeg, decDeg }: SkyPosition) => region.signedDistance(direction(raDeg, decDeg)) / RADIANS;

test("the pixels of a cone hold all within it and its padding, at any radius and around poles and ra = 0", () => {
  const chance = uniform(1);
  for (let trial = 0; trial < 60; trial++) {
    const centre = anywhere(chance);
    const radius = anyRadius(chance);
    const ranges = coverage(cone(centre.raDeg, centre.decDeg, radius), PADDING_DEG);
    const stars = Array.from({ length: 30 }, () => nearby(centre, radius + PADDING_DEG, chance));
    expect(stars.filter((star) => !covers(ranges, star))).toEqual([]);
    expect(ranges.length).toBeLessThan(150);
  }
});

test("ranges are ascending and apart, and what they cover beyond the region stays small", () => {
  const pixelArea = 41252.96 / 201_326_592;
  for (const radius of [0.1, 1, 5, 10]) {
    const ranges = coverage(cone(123, 45, radius), 0);
    for (const [index, { first, last }] of ranges.entries()) {
      expect(last).toBeGreaterThanOrEqual(first);
      if (index > 0) expect(first).toBeGreaterThan(ranges[index - 1]!.last + 1);
    }
    const covered = ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0) * pixelArea;
    expect(covered / (Math.PI * radius ** 2)).toBeLessThan(1.6);
  }
});

test("a box's signed distance tells within from without, and no point of the box is nearer than it says", () => {
  const chance = uniform(2);
  for (let trial = 0; trial < 50; trial++) {
    const centre = anywhere(chance);
    const [height, width] = [4 * chance(), Math.min(360, (4 * chance()) / Math.max(0.01, Math.cos(centre.decDeg * RADIANS)))];
    const [decMin, decMax] = [Math.max(-90, centre.decDeg - height), Math.min(90, centre.decDeg + height)];
    const raMin = (centre.raDeg - width / 2 + 360) % 360;
    const region = box(width === 360 ? 0 : raMin, width === 360 ? 360 : (raMin + width) % 360, decMin, decMax);
    const outside = nearby(centre, 8, chance);
    const ranges = coverage(region, 0);
    for (let point = 0; point < 30; point++) {
      const inside = { raDeg: (raMin + width * chance()) % 360, decDeg: decMin + (decMax - decMin) * chance() };
      expect(signed(region, inside)).toBeLessThanOrEqual(1e-9);
      expect(covers(ranges, inside)).toBe(true);
      expect(chordAngleDeg(inside, outside)).toBeGreaterThanOrEqual(signed(region, outside) - 1e-9);
    }
  }
});

test("a polygon holds what it winds around, whichever way it is drawn, and its pixels hold that too", () => {
  const chance = uniform(3);
  let within = 0;
  for (let trial = 0; trial < 60; trial++) {
    const centre = anywhere(chance);
    const radius = anyRadius(chance);
    const corners = polygonAround(centre, radius, chance);
    const [region, reversed] = [polygon(corners), polygon(corners.toReversed())];
    const ranges = coverage(region, 0);
    for (let point = 0; point < 30; point++) {
      const position = nearby(centre, 1.2 * radius, chance);
      const inside = windsAround(corners, position);
      expect(signed(region, position) < 0).toBe(inside);
      expect(signed(reversed, position) < 0).toBe(inside);
      if (inside) expect(covers(ranges, position)).toBe(true);
      within += Number(inside);
    }
  }
  expect(within).toBeGreaterThan(200);
});

test.each([
  ["a radius of 0", () => cone(1, 1, 0)],
  ["a radius that is no number", () => cone(1, 1, Number.NaN)],
  ["a cone of 11 degrees", () => cone(1, 1, 11)],
  ["a ra of -1", () => cone(-1, 1, 1)],
  ["a dec of 91", () => cone(1, 91, 1)],
  ["a box upside down", () => box(1, 2, 3, 2)],
  ["a box around the equator", () => box(0, 360, -1, 1)],
  ["two vertices", () => polygon([at(1, 1), at(2, 2)])],
  ["a vertex twice in a row", () => polygon([at(1, 1), at(1, 1), at(2, 2)])],
  ["a bow tie", () => polygon([at(0, 0), at(1, 1), at(1, 0), at(0, 1)])],
  ["vertices on a great circle", () => polygon([at(0, 0), at(1, 0), at(2, 0)])],
  ["a triangle of a quarter of the sky", () => polygon([at(0, 0), at(90, 0), at(0, 90)])],
])("%s is refused with what was wanted", (_what, make) => {
  expect(make).toThrow(expect.objectContaining({ code: "BAD_INPUT" }));
});

function at(raDeg: number, decDeg: number): SkyPosition {
  return { raDeg, decDeg };
}
