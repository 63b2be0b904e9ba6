import type { RawColumn } from "../../../../training/values/expressions/raw-column";
import { STELLAR_RAW_COLUMNS } from "../../../../training/values/expressions/stellar-columns";
import { compiled, inputsOf, type Row } from "../../../support/study-inputs";

test.each([
  ["g", "mag"],
  ["bp - rp", "mag"],
  ["2 * g - 1", "mag"],
  ["g + 5 * log10(parallax) - 10", "mag"],
  ["log10(parallax)", "dex"],
  ["log10(parallax) + 1", "dex"],
  ["parallax / parallaxError", "-"],
  ["teff_gspphot / g", "K/mag"],
  ["1 / parallax", "1/mas"],
  ["sqrt(parallax)", "mas^0.5"],
  ["g * bp", "mag^2"],
  ["g * bp / rp", "mag"],
  ["10 ^ (0.4 * g)", "-"],
  ["exp(log10(parallax))", "-"],
  ["ln(parallax)", "-"],
  ["abs(parallax)", "mas"],
  ["max(parallax, 3)", "mas"],
  ["absolute(g)", "mag"],
  ["dereddened(g)", "mag"],
  ["luminosity(g)", "-"],
  ["error(parallax)", "mas"],
  ["within(parallax, 0, 10)", "mas"],
  ["missing(parallax)", "-"],
  ["fill(parallax, 1)", "mas"],
])("%s is in %s", (expression, unit) => {
  expect(compiled([expression]).inputs[0]!.unit).toBe(unit);
});

test.each(["photGMeanMag", "phot_g_mean_mag", "PHOT_G_MEAN_MAG", "G", "g", '"g"', "`photgmeanmag`"])("%s is Gaia's G", (name) => {
  expect(compiled([name]).columns.map((column) => column.name)).toEqual(["photGMeanMag"]);
});

test("every column of the catalogue is found by its name, by Gaia's spelling and by its short names", () => {
  for (const { name, aliases, shortNames = [] } of STELLAR_RAW_COLUMNS)
    for (const spelling of [name, ...aliases, ...shortNames])
      expect(compiled([spelling]).columns.map((column) => column.name)).toEqual([name]);
});

test("columns that come and go together are of one group", () => {
  const groups = new Map<string, string[]>();
  for (const { name, group } of STELLAR_RAW_COLUMNS) groups.set(group, [...(groups.get(group) ?? []), name]);
  expect([...groups].map(([group, names]) => [group, names.length])).toEqual([
    ["parallax", 2],
    ["gaia-photometry", 3],
    ["distance", 1],
    ["gspphot", 6],
    ["extinction", 2],
    ["skymapper", 12],
    ["2mass", 3],
    ["allwise", 2],
  ]);
});

test("raw columns are listed once, in the order of the catalogue, and each input says which it reads", () => {
  const { columns, inputs } = compiled(["rp - g", "absolute(ks)", "missing(g)", "fill(g, 0)", "dereddened(g, av)"]);
  expect(columns.map(({ name }) => name)).toEqual(["parallax", "photGMeanMag", "photRpMeanMag", "av", "twomassKs"]);
  expect(inputs.map(({ reads }) => reads)).toEqual([[1, 2], [0, 4], [1], [1], [1, 3]]);
  expect(inputs.map(({ canBeMissing }) => canBeMissing)).toEqual([true, true, false, false, true]);
});

test("an input is called as the study says, or by its expression", () => {
  const described = compiled(["bp - rp", { colour: "g - rp" }, "ks"]).inputs.map(({ name, expression, description }) => [
    name,
    expression,
    description,
  ]);
  expect(described).toEqual([
    ["bp - rp", "bp - rp", "bp - rp"],
    ["colour", "g - rp", "g - rp"],
    ["ks", "ks", "2MASS Ks (Vega)"],
  ]);
});

test("a name that holds a sign is quoted", () => {
  const columns: RawColumn[] = [{ name: "u-g", unit: "mag", description: "", aliases: [], group: "own" }];
  expect(compiled(['2 * "u-g"', "`u-g`"], { columns }).columns).toEqual(columns);
});

test("a mapping's error column and coefficients of a user's table are used", async () => {
  const columns: RawColumn[] = [
    { name: "BT", unit: "mag", description: "Tycho B", aliases: ["btmag"], error: "sig_btmag", group: "tycho" },
    { name: "sig_btmag", unit: "mag", description: "its error", aliases: [], group: "tycho" },
    { name: "dist", unit: "kpc", description: "distance", aliases: [], group: "distance" },
    { name: "A_V", unit: "mag", description: "extinction", aliases: ["av"], group: "extinction" },
  ];
  const row = { BT: 11, sig_btmag: 0.25, dist: 0.1, A_V: 0.31 };
  const [inputs] = await inputsOf(["error(bt)", "dereddened(absolute(btmag, dist))", "absolute(bt, dist)"], [row], {
    columns,
    extinction: { bt: 4.3 },
  });
  expect(inputs![0]).toBe(0.25);
  expect(inputs![1]).toBeCloseTo(6 - 0.43, 5);
  expect(inputs![2]).toBeCloseTo(6, 5);
});

test("angles are in degrees, and the Galactic pole and centre lie where they should", async () => {
  const angle = (name: string): RawColumn => ({ name, unit: "deg", description: "", aliases: [], group: "position" });
  const columns = [angle("ra"), angle("dec"), { ...angle("pmra"), unit: "mas" }];
  const places: Row[] = [{ ra: 30, dec: 60 }, { ra: 192.85948, dec: 27.12825 }, { ra: 266.40499, dec: -28.93617 }, { ra: 30 }];
  const found = await inputsOf(["sin(ra)", "cos(dec)", "sinGalacticLatitude(ra, dec)"], places, { columns });
  expect(found[0]![0]).toBeCloseTo(0.5, 6);
  expect(found[0]![1]).toBeCloseTo(0.5, 6);
  expect(found[1]![2]).toBeCloseTo(1, 6);
  expect(found[2]![2]).toBeCloseTo(0, 5);
  expect(found[3]!.map(Number.isNaN)).toEqual([false, true, true]);
  expect(() => compiled(["sin(pmra)"], { columns })).toThrow("an angle is expected in deg, not mas");
});
