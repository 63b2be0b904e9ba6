import { LABELS, labelOfColumn, labelSpelled } from "../../../src/science/labels";

test("no name or alias of a label means another one", () => {
  const spellings = LABELS.flatMap(({ name, aliases }) => [name, ...aliases].map((spelling) => spelling.toLowerCase()));
  expect(spellings.filter((spelling, index) => spellings.indexOf(spelling) !== index)).toEqual([]);
});

test("no label is called like the error or the flag of another", () => {
  expect(LABELS.filter(({ name }) => /(?:Error|Flag)$/.test(name))).toEqual([]);
});

test.each([
  ["TEFF", "teff"],
  ["Fe_H", "feh"],
  ["[M/H]", "mh"],
  ["A(Li)", "aLi"],
  ["mg_fe", "mgFe"],
  ["DIST", "distance"],
  ["met", undefined],
])("%s is the label %s", (spelling, name) => expect(labelSpelled(spelling)?.name).toBe(name));

test.each([
  ["TEFF", "teff", "value"],
  ["e_Teff", "teff", "error"],
  ["TEFF_ERR", "teff", "error"],
  ["elogg", "logg", "error"],
  ["sigma_feh", "feh", "error"],
  ["mg_fe_error", "mgFe", "error"],
  ["flag_fe_h", "feh", "flag"],
  ["TEFF_FLAG", "teff", "flag"],
])("the column %s holds of %s the %s", (column, name, part) => {
  expect(labelOfColumn(column)).toMatchObject({ label: { name }, part });
});

test("a column that names no label is not guessed at", () => expect(labelOfColumn("quality")).toBeNull());
