import type { RawColumn } from "../../../../training/values/expressions/raw-column";
import { compiled, type ListedInput } from "../../../support/study-inputs";

const message = (expressions: readonly ListedInput[], given = {}): string => {
  try {
    compiled(expressions, given);
  } catch (error) {
    expect(error).toMatchObject({ code: "BAD_INPUT" });
    return (error as Error).message;
  }
  return "nothing was wrong";
};

const OPERAND = "expected a number, a column's name, a function or '('";

test.each([
  ["bp - * rp", `at character 6, '*': ${OPERAND}.`],
  ["bp -", `at its end: ${OPERAND}.`],
  ["(bp - rp", "at its end: expected one of + - * / ^ or ')'."],
  ["bp rp", "at character 4, 'rp': expected one of + - * / ^ or the end."],
  ["bp - rp)", "at character 8, ')': expected one of + - * / ^ or the end."],
  ["log10(bp", "at its end: expected one of + - * / ^ , or ')'."],
  ["log10()", `at character 7, ')': ${OPERAND}.`],
  ["bp ? rp", "at character 4, '?': expected a number, a column's name, a function or one of + - * / ^ ( ) ,."],
  ['"bp - rp', "at character 1, '\"': the quote is never closed."],
  ["bp - 1e999", "at character 6, '1e999': the number is too large."],
  ["g - phot_gg_mean_mag", "at character 5, 'phot_gg_mean_mag': there is no column 'phot_gg_mean_mag'; did you mean phot_g_mean_mag?"],
  ["dereddend(g)", "at character 1, 'dereddend': there is no function 'dereddend'; did you mean dereddened? There are log10, ln,"],
  ["ratio(g)", "at character 1, 'ratio': ratio(x, y) is expected, with 2 in its brackets, not 1."],
  ["absolute(g, parallax, bp)", "at character 1, 'absolute': absolute(band, distance) is expected, with 1 to 2 in its brackets, not 3."],
  ["g + parallax", "at character 1, 'g + parallax': mag cannot be added to mas."],
  ["g - 2 * parallax", "at character 1, 'g - 2 * parallax': mas cannot be taken from mag."],
  ["min(g, parallax)", "at character 1, 'min': mas cannot be compared with mag."],
  ["fill(g, parallax)", "at character 1, 'fill': mas cannot be filled in for mag."],
  ["g + bp / rp", "at character 1, 'g + bp / rp': mag cannot be added to -."],
  ["10 ^ parallax", "at character 6, 'parallax': an exponent is expected to be a pure number, dex or mag, not mas."],
  ["exp(parallax)", "at character 5, 'parallax': an exponent is expected to be a pure number, dex or mag, not mas."],
  ["parallax ^ (g / bp)", "at character 1, 'parallax': under an exponent that is no number a pure number is expected, not mas."],
  ["absolute(parallax)", "at character 10, 'parallax': a magnitude is expected in mag, not mas."],
  ["absolute(12)", "at character 10, '12': a magnitude is expected, not a number."],
  ["absolute(g, teff_gspphot)", "at character 13, 'teff_gspphot': a parallax or a distance is expected in mas or pc or kpc, not K."],
  ["absolute(g, 100)", "at character 13, '100': a column is expected as the distance, not a number."],
  ["luminosity(g, rMedGeo)", "at character 15, 'rMedGeo': a parallax is expected in mas, not pc."],
  ["dereddened(parallax)", "at character 12, 'parallax': dereddened(...) expects a magnitude in a band inside its brackets."],
  ["dereddened(dereddened(g))", "at character 12, 'dereddened': this is de-reddened already."],
  ["dereddened(g, bp)", "at character 15, 'bp': dereddened(...) expects a column ebv [mag, E(B-V)] or av [mag, A(V)]."],
  ["dereddened(av)", "at character 12, 'av': no extinction coefficient A/E(B-V) is known for av"],
  ["error(g - bp)", "at character 7, 'g - bp': error(...) expects a column's name."],
  ["error(g)", "at character 7, 'g': photGMeanMag has no column of errors."],
  ["within(g, 3, 1)", "at character 1, 'within': the first limit is expected to be below the second, not 3 and 1."],
  ["within(g, bp, 30)", "at character 11, 'bp': a number is expected as a limit."],
  ["g / 0", "at character 1, 'g / 0': a division by zero has no value."],
  ["g + log10(0)", "at character 5, 'log10': this has no value."],
  ["2 * 3", "at character 1, '2 * 3': an input is expected to read a column."],
])("'%s' is refused %s", (expression, fault) => {
  expect(message([expression])).toContain(`The expression '${expression}' ${fault}`);
});

test("brackets without end are refused, not followed until the stack is full", () => {
  expect(message([`${"(".repeat(100_000)}g${")".repeat(100_000)}`])).toContain("more than 50 brackets or signs within each other");
  expect(message([`${"-".repeat(100_000)}g`])).toContain("more than 50 brackets or signs within each other");
});

test("two inputs of one name are refused, and a study without any", () => {
  expect(message([{ colour: "bp - rp" }, { colour: "g - rp" }])).toContain("Two inputs are called 'colour'");
  expect(message([])).toContain("at least one input");
});

const column = (name: string, unit = "mag", aliases: string[] = []): RawColumn => ({
  name,
  unit,
  aliases,
  description: name,
  group: "own",
});

test("a name that could mean two columns is refused, unless it is spelt as one of them", () => {
  const columns = [column("Flux"), column("FLUX"), column("g"), column("G"), column("b1", "mag", ["blue"]), column("b2", "mag", ["blue"])];
  expect(message(["flux"], { columns })).toContain("'flux' may mean Flux or FLUX: write the one that is meant");
  expect(message(["Blue"], { columns })).toContain("'Blue' may mean b1 or b2");
  expect(compiled(["g", "G", "FLUX"], { columns }).columns.map(({ name }) => name)).toEqual(["FLUX", "g", "G"]);
});

test("a table's own bands are de-reddened by the study's coefficients only", () => {
  const columns = [column("bt"), column("ebv")];
  expect(message(["dereddened(bt)"], { columns })).toContain("no extinction coefficient A/E(B-V) is known for bt; the study states one");
  expect(compiled(["dereddened(bt)"], { columns, extinction: { BT: 4.3 } }).columns).toEqual(columns);
  expect(message(["bt"], { columns, extinction: { vt: 3.1 } })).toContain("extinction.vt: there is no column 'vt'");
  expect(message(["bt"], { columns, extinction: { bt: -1 } })).toContain("extinction.bt: A/E(B-V) is expected, a number from 0, not -1");
});

test("without a parallax an absolute magnitude says what it needs", () => {
  expect(message(["absolute(bt)"], { columns: [column("bt")] })).toContain(
    "there is no column 'parallax': name a parallax [mas] or a distance [pc]",
  );
  expect(message(["dereddened(bt)"], { columns: [column("bt")] })).toContain("expects a column ebv [mag, E(B-V)] or av [mag, A(V)]");
});

test("a column that is called as an output is refused", () => {
  expect(message(["value"], { columns: [column("value")] })).toContain("A column cannot be called 'value'");
});
