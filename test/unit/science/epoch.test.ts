import { propagate } from "../../../src/science/epoch";
import { direction, separation } from "../../../src/science/sky/coordinates";

const MAS = Math.PI / 180 / 3_600_000;
/** Barnard's star, Gaia DR3 4472832130942575872 at 2016.0. */
const BARNARD = {
  raDeg: 269.44850252543836,
  decDeg: 4.739420051112412,
  pmra: -801.551,
  pmdec: 10362.394,
  parallax: 546.976,
  radialVelocity: -110.47,
};

test("Barnard's star was in 2000 where SIMBAD has it by its proper motion: 17 57 48.49847 +04 41 36.1139", () => {
  const { raDeg, decDeg } = propagate({ ...BARNARD, radialVelocity: null }, -16);
  const simbad = direction(15 * (17 + 57 / 60 + 48.49847 / 3600), 4 + 41 / 60 + 36.1139 / 3600);
  expect(separation(direction(raDeg, decDeg), simbad) / MAS).toBeLessThan(5);
});

test("Barnard's star comes nearer, and its proper motion grows by 1.2 mas/yr each year (van de Kamp 1977)", () => {
  const years = 50;
  const [seen, straight] = [BARNARD, { ...BARNARD, radialVelocity: null }].map((star) => {
    const { raDeg, decDeg } = propagate(star, years);
    return direction(raDeg, decDeg);
  });
  const acceleration = separation(seen!, straight!) / MAS / (years ** 2 / 2);
  expect(acceleration).toBeGreaterThan(1.2);
  expect(acceleration).toBeLessThan(1.3);
});

test("a star goes over the pole and comes down on the other side", () => {
  const { raDeg, decDeg } = propagate({ raDeg: 30, decDeg: 89.999, pmra: 0, pmdec: 72_000 }, 100);
  expect(raDeg).toBeCloseTo(210, 6);
  expect(decDeg).toBeCloseTo(88.0018, 3);
});

test("right ascension stays within 0 and 360 where a star crosses it", () => {
  expect(propagate({ raDeg: 359.9999, decDeg: 0, pmra: 10_000, pmdec: 0 }, 100).raDeg).toBeCloseTo(0.27768, 4);
  expect(propagate({ raDeg: 0.0001, decDeg: 0, pmra: -10_000, pmdec: 0 }, 100).raDeg).toBeCloseTo(359.72232, 4);
});

test("what was not measured does not move a star", () => {
  expect(propagate({ raDeg: 10, decDeg: -20, pmra: null, pmdec: null, radialVelocity: 300 }, 50).raDeg).toBeCloseTo(10, 12);
});

test("there and back, with the motion as it was, ends within a second-order term of the start", () => {
  const there = propagate(BARNARD, 1);
  const back = propagate({ ...BARNARD, ...there }, -1);
  expect(separation(direction(back.raDeg, back.decDeg), direction(BARNARD.raDeg, BARNARD.decDeg)) / MAS).toBeLessThan(1.5);
});
