import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Database } from "../../src/database/database";
import { checkStudy } from "../../training/values/study/check-study";
import { type NewStudyOptions, newStudy } from "../../training/values/study/new-study";
import { readStudy } from "../../training/values/study/parse-study";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "asterism-new-study-"));
  mkdirSync(path.join(folder, "studies"));
  writeFileSync(path.join(folder, "stars.csv"), "id,jmag,hmag,type,teff\n1,10,9.5,M,3500\n");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A table needs no database. */
const NONE = undefined as unknown as Database;

function write(name: string, sections: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, `catalogue: { name: dwarfs, title: Dwarfs }\nid: id\n${sections}`);
  return file;
}

/** The study that is written for a mapping, read from where it was written. */
async function written(mapping: string, options: NewStudyOptions = {}) {
  const output = options.output ?? path.join(folder, "study.yaml");
  writeFileSync(output, await newStudy(NONE, { data: path.join(folder, "stars.csv"), mapping, output, ...options }));
  return readStudy(output);
}

test("a study for a table with labels and classes names both", async () => {
  const mapping = write("both.yaml", "photometry: { J: jmag, H: hmag }\nlabels: { teff: teff, snr: id }\nclasses: { kind: type }\n");
  expect(await written(mapping)).toMatchObject({ labels: { from: null, names: ["teff"] }, classes: ["kind"] });
});

test("a study for a table with classes alone names no labels", async () => {
  const mapping = write("classes.yaml", "photometry: { J: jmag, H: hmag }\nclasses: { kind: type }\n");
  expect(await written(mapping)).toMatchObject({ labels: { names: [] }, classes: ["kind"] });
});

test("a study in another folder finds its mapping", async () => {
  const mapping = write("beside.yaml", "photometry: { J: jmag, H: hmag }\nclasses: { kind: type }\n");
  const study = await written(path.relative(process.cwd(), mapping), { output: path.join(folder, "studies", "kinds.yaml") });
  expect(study.mapping).toBe(mapping);
});

test("a table with a single band is learned from that band", async () => {
  const mapping = write("single.yaml", "photometry: { J: jmag }\nlabels: { teff: teff }\n");
  expect((await written(mapping)).inputs.map(({ expression }) => expression)).toEqual(["J"]);
});

test("a mapping without anything to learn from is refused", async () => {
  const mapping = write("bare.yaml", "labels: { teff: teff }\n");
  await expect(written(mapping)).rejects.toThrow("The mapping of 'dwarfs' names no photometry and no values to learn from");
});

test("a class that a study names among its labels is said to be one", async () => {
  const mapping = write("taken.yaml", "photometry: { J: jmag }\nlabels: { teff: teff }\nclasses: { kind: type }\n");
  const study = { ...(await written(mapping)), labels: { from: null, names: ["teff", "kind"] } };
  await expect(checkStudy(NONE, study, { data: path.join(folder, "stars.csv") })).rejects.toThrow(
    "has no labels kind. Its labels are teff. kind is among its classes: the study names those under 'classes'.",
  );
});
