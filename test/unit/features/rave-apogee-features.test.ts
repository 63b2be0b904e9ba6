import { raveApogeeFeatures } from "../../../src/features/rave-apogee";

const STAR = {
  parallax: 2,
  photGMeanMag: 11,
  photBpMeanMag: 11.5,
  photRpMeanMag: 10.4,
  twomassJ: 9.6,
  twomassH: 9.2,
  twomassKs: 9.1,
  allwiseW1: 9.05,
  allwiseW2: 9.1,
  av: 0.31,
};

const compute = (row: object) => {
  const values = raveApogeeFeatures.compute(row);
  return Object.fromEntries(raveApogeeFeatures.inputs.map(({ name }, index) => [name, values[index]]));
};

test("there is one value an input, and names are not repeated", () => {
  const names = raveApogeeFeatures.inputs.map(({ name }) => name);
  expect(raveApogeeFeatures.compute(STAR)).toHaveLength(names.length);
  expect(new Set(names).size).toBe(names.length);
});

test("absolute magnitudes follow the parallax, and de-reddening the coefficients", () => {
  const inputs = compute(STAR);
  expect(inputs.M_G).toBeCloseTo(11 - 5 * Math.log10(500 / 10), 10);
  // A_V = 0.31 is E(B-V) = 0.1; A_Ks / E(B-V) = 0.306
  expect(inputs.M_Ks_0).toBeCloseTo(9.1 - 0.0306 - 5 * Math.log10(500 / 10), 10);
  expect(inputs["BP-RP_0"]).toBeCloseTo(1.1 - 0.1 * (3.374 - 2.035), 10);
  expect(inputs.astrometric_luminosity_G).toBeCloseTo(10 ** (0.2 * inputs.M_G!), 10);
});

test("a parallax that is not positive leaves the colours and what is linear in it", () => {
  const inputs = compute({ ...STAR, parallax: -0.1 });
  expect(inputs.M_G).toBeNaN();
  expect(inputs.log_parallax).toBeNaN();
  expect(inputs["BP-RP"]).toBeCloseTo(1.1, 10);
  expect(inputs.astrometric_luminosity_G).toBeLessThan(0);
});

test("a colour that no star has counts as missing", () => {
  const inputs = compute({ ...STAR, allwiseW1: 5 });
  expect(inputs["Ks-W1"]).toBeNaN();
  expect(inputs["J-H"]).toBeCloseTo(0.4, 10);
});

test("what was not measured is missing, and nothing else", () => {
  const inputs = compute({ ...STAR, twomassJ: null });
  expect(Object.keys(inputs).filter((name) => Number.isNaN(inputs[name]))).toEqual(["RP-J", "J-H", "J-Ks", "RP-J_0", "J-H_0", "J-Ks_0"]);
});
