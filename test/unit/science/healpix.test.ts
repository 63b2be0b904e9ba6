import { componentOfSourceId, pixelAt, pixelCentre, pixelOfSourceId, sourceIdOf } from "../../../src/science/sky/healpix";

test("a Gaia source_id encodes the level-12 pixel that the star is in", () => {
  // Gaia DR3 4111834567779557376 and its archive position.
  expect(pixelOfSourceId(4111834567779557376n)).toBe(pixelAt(256.5229102004341, -26.580565130784702));
  // Gaia DR2 6720175147260934144, an RR Lyrae of the OGLE bulge fields.
  expect(pixelOfSourceId(6720175147260934144n)).toBe(pixelAt(275.18782, -44.74652));
});

test("pixels of the base resolution are where Gorski et al. put them", () => {
  expect(pixelAt(45, 45, 0)).toBe(0);
  expect(pixelAt(0, 0, 0)).toBe(4);
  expect(pixelAt(45, -45, 0)).toBe(8);
  expect(pixelAt(315, -89.99, 0)).toBe(11);
});

test("the centre of a pixel lies in that pixel, around the sky and at the poles", () => {
  for (const pixel of [0, 1, 16_777_215, 100_000_000, 201_326_591]) {
    const { raDeg, decDeg } = pixelCentre(pixel);
    expect(pixelAt(raDeg, decDeg)).toBe(pixel);
  }
});

test("a source_id put together comes apart again, to the last bit", () => {
  const sourceId = sourceIdOf(201_326_591, 2 ** 25 - 1, 127);
  expect(sourceId).toBe(6917528997576310783n);
  expect(pixelOfSourceId(sourceId)).toBe(201_326_591);
  expect(componentOfSourceId(sourceId)).toBe(127);
});
