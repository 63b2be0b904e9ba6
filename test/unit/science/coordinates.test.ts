import { angles, direction, fromGalactic, toGalactic } from "../../../src/science/sky/coordinates";

test("the Galactic centre, the north Galactic pole and the ascending node are where Hipparcos defines them", () => {
  const centre = angles(fromGalactic(direction(0, 0)));
  expect(centre.longitudeDeg).toBeCloseTo(266.40499, 4);
  expect(centre.latitudeDeg).toBeCloseTo(-28.93617, 4);
  const pole = angles(fromGalactic(direction(0, 90)));
  expect(pole.longitudeDeg).toBeCloseTo(192.85948, 4);
  expect(pole.latitudeDeg).toBeCloseTo(27.12825, 4);
  expect(angles(toGalactic(direction(282.85948, 0))).longitudeDeg).toBeCloseTo(32.93192, 4);
});

test("there and back again is the same direction", () => {
  const { longitudeDeg, latitudeDeg } = angles(toGalactic(fromGalactic(direction(123.4, -56.7))));
  expect(longitudeDeg).toBeCloseTo(123.4, 9);
  expect(latitudeDeg).toBeCloseTo(-56.7, 9);
});
