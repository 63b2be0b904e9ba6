import { absoluteMagnitude, distanceModulus, magnitudeError } from "../../../src/science/photometry";

test("absolute magnitude is the apparent one at 10 pc", () => {
  expect(distanceModulus(10)).toBe(0);
  expect(absoluteMagnitude(15, 1000)).toBeCloseTo(5, 12);
  expect(absoluteMagnitude(15, 1000, 0.3)).toBeCloseTo(4.7, 12);
});

test("a distance that is none gives no magnitude", () => {
  expect(absoluteMagnitude(15, 0)).toBeNaN();
  expect(absoluteMagnitude(15, Number.NaN)).toBeNaN();
});

test("a flux known to 1% is a magnitude known to 0.01086", () => {
  expect(magnitudeError(100)).toBeCloseTo(0.010857, 6);
});
