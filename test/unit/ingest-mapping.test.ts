import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseMapping, readMapping, shippedMappings } from "../../src/catalogue/ingest/mapping-file";

const GOOD = { catalogue: { name: "survey", title: "A survey" }, id: "id", labels: { teff: "T" } };
const GAIA = { gaia: { column: "g", release: "DR3" } };
const parse = (change: object) => parseMapping({ ...GOOD, ...change }, "m.yaml");

test("a short mapping stands for the defaults", () => {
  expect(parse({})).toMatchObject({ delimiter: undefined, id: "id", gaia: null, position: null, photometry: null });
  expect(parse({ id: "row-number" }).id).toBeNull();
});

test("null values of a band add to those of the file", () => {
  const { photometry } = parse({ nulls: [-9999], photometry: { g: { mag: "g", nulls: [99, { from: 1e4, to: 2e4 }] } } });
  expect(photometry?.get("g")?.value.nulls).toEqual([
    { from: -9999, to: -9999 },
    { from: 99, to: 99 },
    { from: 10_000, to: 20_000 },
  ]);
});

test("a label is known by archives' spelling, and the survey's own keeps the unit that is stated", () => {
  const { labels } = parse({
    labels: { FE_H: "fe", age: { value: "a", unit: "Myr", flag: "f" }, depth: { value: "d", unit: "km", description: "of the crater" } },
    more: { siFe: "si", caFe2: "ca" },
  });
  expect([...labels!].map(([name, { unit, value, flag }]) => [name, unit, value.unit, flag])).toEqual([
    ["feh", "dex", null, null],
    ["age", "Gyr", "Myr", "f"],
    ["depth", "km", null, null],
    ["siFe", "dex", null, null],
    ["caFe2", "dex", null, null],
  ]);
  expect(labels?.get("depth")?.description).toBe("of the crater");
});

test("every mapping that ships is valid", () => {
  expect(shippedMappings().map((name) => readMapping(name).catalogue.name)).toHaveLength(5);
});

test("a folder that has a shipped mapping's name does not hide it", () => {
  const before = process.cwd();
  process.chdir(mkdtempSync(path.join(tmpdir(), "asterism-mapping-")));
  try {
    mkdirSync("kepler-tgas-sed");
    expect(readMapping("kepler-tgas-sed").catalogue.name).toBe("kepler-tgas-sed");
  } finally {
    rmSync(process.cwd(), { recursive: true });
    process.chdir(before);
  }
});

test.each([
  [{ lightCurves: { band: "G", phase: "p", mag: "m" } }, /lightCurves needs 'gaia'/],
  [{ ...GAIA, lightCurves: { band: "G", mag: "m" } }, /lightCurves must have either 'time' or 'phase'/],
  [{ ...GAIA, lightCurves: { band: "G", time: { column: "t" }, mag: "m" } }, /lightCurves.time must say what its times count from/],
  [{ ...GAIA, stars: {} }, /stars needs ra and dec/],
  [{ ...GAIA, variability: { type: "RRab" } }, /variability names no value; known: period, amplitude/],
  [{ colour: 1 }, /the file has the unknown key 'colour'; known: catalogue, delimiter/],
  [{ catalogue: { name: "A b", title: "t" } }, /catalogue.name must be a short name/],
  [{ catalogue: { name: "a" } }, /catalogue.title must be text, not absent/],
  [{ id: undefined }, /id must be the column of the catalogue's identifier, or row-number, not absent/],
  [{ labels: undefined }, /must have one of stars, photometry, labels, more, variability, lightCurves, values, classes at least/],
  [
    { labels: { tef: "T" } },
    /labels.tef is not among the labels that all surveys share \(teff, logg, .* must state its unit: { value: tef, unit: km/,
  ],
  [{ labels: { "a b": "T" } }, /labels.a b is not a label's name/],
  [{ labels: { ageError: { value: "T", unit: "Gyr" } } }, /ends as the errors and flags of labels do/],
  [{ labels: { teff: "T", T_EFF: "T2" } }, /labels.T_EFF is the label 'teff' a second time/],
  [{ labels: { mgFe: "T" }, more: { MG_FE: "T2" } }, /more.MG_FE is the label 'mgFe' a second time/],
  [{ labels: { age: { value: "T", unit: "Msun" } } }, /labels.age.unit must be a unit that can be converted to Gyr, not 'Msun'/],
  [{ labels: { teff: { value: "T", unit: "dex" } } }, /labels.teff.unit must be a unit that can be converted to K, not 'dex'/],
  [{ labels: { snr: { value: "S", error: "e" } } }, /labels.snr has neither an error nor a flag/],
  [{ photometry: { "g-r": "g" } }, /photometry.g-r is not a band's name/],
  [{ photometry: { g: { mag: 5 } } }, /photometry.g.mag must be a mapping of keys, not '5'/],
  [{ ra: "ra" }, /must give both ra and dec/],
  [{ nulls: -99 }, /nulls must be a list of numbers and ranges/],
  [{ nulls: ["x"] }, /nulls.0 must be a mapping of keys/],
  [{ gaia: { column: "s", release: "DR9" } }, /release must be DR2, DR3 or DR4, not 'DR9'/],
  [{ delimiter: "*" }, /delimiter must be one of comma, semicolon/],
])("%j is refused by its key", (change, fault) => {
  expect(() => parse(change)).toThrow(expect.objectContaining({ code: "BAD_INPUT", message: expect.stringMatching(fault) }));
});

test("a mapping that is nowhere is NOT_FOUND, with those that ship named", () => {
  expect(() => readMapping("none")).toThrow(/none that ships has that name \(kepler-tgas-sed, lamost-spectra/);
});
