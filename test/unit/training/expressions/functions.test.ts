import { type Given, inputsOf, type Row } from "../../../support/study-inputs";

/** Of one expression and one star. */
async function value(expression: string, row: Row, given: Given = {}): Promise<number> {
  const [inputs] = await inputsOf([expression], [row], given);
  return inputs![0]!;
}

const STAR = {
  photGMeanMag: 12,
  photBpMeanMag: 12.5,
  photRpMeanMag: 11.25,
  parallax: 4,
  parallaxError: 0.05,
  rMedGeo: 1000,
  av: 0.62,
  ebv: 0.1,
};

test.each([
  ["g", 12],
  ["bp - rp", 1.25],
  ["2 + g * 3 - 4 / 2", 36],
  ["(2 + g) * 3", 42],
  ["-g ^ 2", -144],
  ["g ^ -1", 1 / 12],
  ["parallax ^ 0.5 ^ 2", 4 ** 0.25],
  ["parallax ** 2", 16],
  ["g - bp - rp", -11.75],
  ["g / bp / rp", 12 / 12.5 / 11.25],
  ["1 - - g", 13],
  ["+g", 12],
  [".5e1 * parallax", 20],
  ["parallax / parallax_error", 80],
  ["log10(100 * parallax)", Math.log10(400)],
  ["ln(parallax)", Math.log(4)],
  ["exp(parallax / parallax)", Math.E],
  ["pow(parallax, 1.5)", 8],
  ["10 ^ (0.2 * g - 2)", 10 ** 0.4],
  ["sqrt(parallax)", 2],
  ["abs(rp - g)", 0.75],
  ["min(bp, g, rp)", 11.25],
  ["max(bp, g, rp)", 12.5],
  ["ratio(rMedGeo, parallax)", 250],
  ["absolute(g)", 12 + 5 * Math.log10(4) - 10],
  ["absolute(g, parallax)", 12 + 5 * Math.log10(4) - 10],
  ["absolute(g, r_med_geo)", 2],
  ["absolute(g, 10 * distance)", -3],
  ["dereddened(g)", 12 - 2.74 * 0.1],
  ["dereddened(g, av)", 12 - 2.74 * 0.2],
  ["dereddened(bp - rp, ebv)", 1.25 - (3.374 - 2.035) * 0.1],
  ["dereddened(absolute(g, rMedGeo))", 2 - 0.274],
  ["absolute(dereddened(g), rMedGeo)", 2 - 0.274],
  ["luminosity(g)", 4 * 10 ** 0.4],
  ["luminosity(dereddened(g))", 4 * 10 ** (0.2 * (12 - 0.274) - 2)],
  ["dereddened(luminosity(g))", 4 * 10 ** (0.2 * (12 - 0.274) - 2)],
  ["error(parallax)", 0.05],
  ["within(bp - rp, -1, 2)", 1.25],
  ["within(bp - rp, 1.25, 2)", 1.25],
  ["missing(g)", 0],
  ["fill(g, 15)", 12],
])("%s is right", async (expression, expected) => {
  expect(await value(expression, STAR)).toBeCloseTo(expected, 5);
});

test.each([
  ["log10(parallax)", { parallax: 0 }],
  ["log10(parallax)", { parallax: -1 }],
  ["ln(parallax)", { parallax: 0 }],
  ["sqrt(parallax)", { parallax: -1 }],
  ["parallax ^ 0.5", { parallax: -1 }],
  ["parallax ^ -1", { parallax: 0 }],
  ["1 / parallax", { parallax: 0 }],
  ["1 / (1 / parallax)", { parallax: 0 }],
  ["ratio(parallax, parallax)", { parallax: 0 }],
  ["exp(g)", { photGMeanMag: 1e3 }],
  ["parallax * rMedGeo", { parallax: 1e30, rMedGeo: 1e30 }],
  ["parallax", { parallax: Number.POSITIVE_INFINITY }],
  ["min(parallax, 5)", { parallax: Number.POSITIVE_INFINITY }],
  ["absolute(g)", { photGMeanMag: 12, parallax: -0.3 }],
  ["absolute(g)", { photGMeanMag: 12, parallax: 0 }],
  ["absolute(g, rMedGeo)", { photGMeanMag: 12, rMedGeo: 0 }],
  ["within(bp - rp, -1, 2)", { photBpMeanMag: 12, photRpMeanMag: 9 }],
  ["within(bp - rp, -1, 2)", { photBpMeanMag: 9, photRpMeanMag: 12 }],
  ["g ^ 0", {}],
  ["1 ^ g", {}],
  ["0 * g", {}],
  ["min(g, bp)", { photGMeanMag: 12 }],
  ["min(g, bp)", { photBpMeanMag: 12 }],
  ["max(g, bp)", { photGMeanMag: 12 }],
  ["max(g, bp)", { photBpMeanMag: 12 }],
  ["fill(g, bp)", {}],
])("%s of %j is missing", async (expression, row) => {
  expect(await value(expression, row)).toBeNaN();
});

test("what fills is taken only where the first is missing", async () => {
  const rows: Row[] = [{ photGMeanMag: 12, photBpMeanMag: 13 }, { photBpMeanMag: 13 }, {}];
  expect(await inputsOf(["fill(g, bp, 20)", "missing(g)"], rows)).toEqual([
    [12, 0],
    [13, 1],
    [20, 1],
  ]);
});

test("an astrometric luminosity is finite where the parallax is not positive", async () => {
  expect(await value("luminosity(g)", { photGMeanMag: 10, parallax: -2 })).toBeCloseTo(-2, 5);
});

test("a missing column makes every input that needs it missing, and no other", async () => {
  const needs: Record<string, string[]> = {
    "bp - rp": ["photBpMeanMag", "photRpMeanMag"],
    "dereddened(absolute(g))": ["photGMeanMag", "parallax", "ebv"],
    "luminosity(rp)": ["photRpMeanMag", "parallax"],
    "log10(max(g, bp) / rp)": ["photGMeanMag", "photBpMeanMag", "photRpMeanMag"],
    "pow(abs(g), 2)": ["photGMeanMag"],
    "within(sqrt(error(parallax)), 0, 1)": ["parallaxError"],
    "exp(-av)": ["av"],
  };
  const columns = [...new Set(Object.values(needs).flat())];
  const rows = columns.map((absent) => ({ ...STAR, [absent]: null }));
  const found = await inputsOf(Object.keys(needs), rows);
  const expected = columns.map((absent) => Object.values(needs).map((read) => read.includes(absent)));
  expect(found.map((inputs) => inputs.map(Number.isNaN))).toEqual(expected);
});

test("ten thousand stars are computed in order, whatever the batches", async () => {
  const rows = Array.from({ length: 10_000 }, (_, star) => ({ photGMeanMag: star, photBpMeanMag: 2 * star }));
  const found = await inputsOf(["bp - g", "g"], rows);
  expect(found.every(([colour, g], star) => colour === star && g === star)).toBe(true);
});
