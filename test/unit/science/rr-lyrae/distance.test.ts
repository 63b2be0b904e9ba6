import { absoluteGMagnitude, rrLyraeDistance } from "../../../../src/science/rr-lyrae/distance";

const exactly = (value: number) => ({ value, error: 0 });

describe("distances of RR Lyrae", () => {
  test("at [Fe/H] = -1.5 the absolute magnitude is the published 0.63, within 0.09", () => {
    const { value, error } = absoluteGMagnitude(exactly(-1.5));
    expect(value).toBeCloseTo(0.63, 10);
    expect(error).toBeCloseTo(Math.hypot(0.06, 0.06), 10);
  });

  test("a star of the Large Magellanic Cloud is where the cloud is", () => {
    // Typical of its RR Lyrae: G = 19.35, [Fe/H] = -1.6, A_G = 0.2; Pietrzynski et al. 2019: 49.59 kpc.
    const { modulus, distancePc } = rrLyraeDistance(
      { value: 19.35, error: 0.02 },
      { value: -1.6, error: 0.2 },
      { value: 0.2, error: 0.05 },
    );
    expect(modulus.value).toBeCloseTo(18.552, 6);
    expect(Math.abs(distancePc.value - 49_590)).toBeLessThan(distancePc.error);
    expect(distancePc.error / distancePc.value).toBeCloseTo((Math.LN10 / 5) * modulus.error, 10);
  });
});
