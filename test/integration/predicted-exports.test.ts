import { TABLE_FORMAT_NAMES } from "../../src/formats/table-formats";
import type { App } from "../../src/server/app";
import { openApi } from "../support/api";
import { openServices, type TestServices } from "../support/api-services";
import { decodeTable, type TextRow } from "../support/decode-table";
import { insertStars } from "../support/stars";
import { MIXED_CLASSES, registerMixed, storeMixed } from "../support/stored-kinds";

let services: TestServices;
let app: App;
let url: string;

beforeAll(async () => {
  services = await openServices();
  await insertStars(services.database, 8, 1000);
  await storeMixed(services.database, await registerMixed(services.registry));
  ({ app, url } = await openApi(services));
});
afterAll(async () => {
  await app.close();
  await services.close();
});

async function rows(path: string, parameters: Record<string, string>, init?: RequestInit): Promise<Record<string, unknown>[]> {
  const response = await fetch(`${url}/${path}?${new URLSearchParams({ format: "ndjson", ...parameters })}`, init);
  const text = await response.text();
  expect([response.status, response.ok ? "" : text]).toEqual([200, ""]);
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

test("the export of predictions has a row for each label and class, with its unit and its flags in words", async () => {
  const all = await rows("export/predictions", { model: "mixed@1" });
  expect(all).toHaveLength(18);
  const key = { source_id: "1004", release: 3, model: "mixed", version: 1 };
  const none = { unit: null, value: null, uncertainty: null, class: null, probability: null, flags: 0, flag_names: null };
  const doubtful = { flags: 5, flag_names: "INPUT_MISSING LABEL_EXTRAPOLATED" };
  expect(all.filter(({ source_id }) => source_id === "1004")).toEqual([
    { ...key, ...none, label: "feh", unit: "dex", value: -1, uncertainty: 0.125, ...doubtful },
    { ...key, ...none, label: "teff", unit: "K", value: 5040, uncertainty: 50 },
    { ...key, ...none, label: "variableType", class: "RRc", probability: 0.75, flags: 1, flag_names: "INPUT_MISSING" },
  ]);
});

const WIDE = {
  ...{ teff: 5020, teff_uncertainty: 50, teff_flags: 0, feh: -0.5, feh_uncertainty: 0.125, feh_flags: 0 },
  ...{ variableType: MIXED_CLASSES[2], variableType_probability: 0.75, variableType_flags: 0 },
};
const PROBABILITIES = { variableType_probability_RRab: 0.125, variableType_probability_RRc: 0.125, variableType_probability_3: 0.75 };
const VECTOR = { embedding: [2, 0, 0.5], embedding_flags: 0 };

test("the export of predicted stars has all that a version says in one row, and the probability of every class where asked", async () => {
  const key = { source_id: "1002", release: 3, model: "mixed", version: 1 };
  const plain = await rows("export/predicted-stars", { model: "mixed@1" });
  expect(plain).toHaveLength(6);
  expect(plain[2]).toEqual({ ...key, ...WIDE, ...VECTOR });
  const full = await rows("export/predicted-stars", { model: "mixed@1", probabilities: "true" });
  expect(full[2]).toEqual({ ...key, ...WIDE, ...PROBABILITIES, ...VECTOR });
  expect(plain[4]).toMatchObject({ source_id: "1004", embedding: null, embedding_flags: null });
});

test.each(TABLE_FORMAT_NAMES)("vectors are lists in %s, but for CSV, which has a column for each number", async (format) => {
  const response = await fetch(`${url}/export/predicted-stars?model=mixed@1&format=${format}`);
  const table = await decodeTable(format, Buffer.from(await response.arrayBuffer()));
  const said = ({ embedding, embedding_1, embedding_2, embedding_3 }: TextRow) =>
    format === "csv" ? [embedding_1, embedding_2, embedding_3].join() : (embedding?.replaceAll(/[[\]]/g, "") ?? null);
  expect(table.map(said)).toEqual(["0,0,0.5", "1,0,0.5", "2,0,0.5", "3,0,0.5", format === "csv" ? ",," : null, "5,0,0.5"]);
});

test("formats with a place for it say units, and what each bit of the flags means", async () => {
  const votable = await (await fetch(`${url}/export/predicted-stars?model=mixed@1&format=votable`)).text();
  expect(votable).toContain('<FIELD name="teff_uncertainty" datatype="float" unit="K"');
  expect(votable).toMatch(/name="variableType_flags".*1 INPUT_MISSING \(at least one input was missing/);
  expect(votable).toMatch(/name="feh".*feh by mixed@1/);
});

test("a look-up brings classes with the labels, and probabilities and vectors where it is asked for them", async () => {
  const lookup = (columns: string) => rows("lookup", { model: "mixed@1", columns }, { method: "POST", body: "source_id\n1002\n1007\n" });
  const named = (values: object) => Object.fromEntries(Object.entries(values).map(([name, value]) => [`mixed_${name}`, value]));
  const [found, without] = await lookup("predictions");
  expect(found).toEqual({ source_id: "1002", found: true, mixed_version: 1, ...named(WIDE) });
  expect(without).toMatchObject({ source_id: "1007", mixed_version: null, mixed_teff: null, mixed_variableType: null });
  expect((await lookup("probabilities,vectors"))[0]).toEqual({ source_id: "1002", found: true, ...named({ ...PROBABILITIES, ...VECTOR }) });
  expect((await lookup("mixed_embedding_3"))[0]).toEqual({ source_id: "1002", found: true, mixed_embedding_3: 0.5 });
});

/** What a client may not say: which row of the database is meant. */
const FORGED = { predictedLabel: { model: "mixed", label: "teff", meant: { versionId: 1, output: "teff'", excludedFlags: 0 } } };
const filtered = (filter: object) => `export/stars?${new URLSearchParams({ filter: JSON.stringify(filter) })}`;

test("an export takes the stars that a prediction chooses", async () => {
  const chosen = { predictedClass: { model: "mixed", class: MIXED_CLASSES[2], minProbability: 0.7 } };
  expect((await rows("export/stars", { filter: JSON.stringify(chosen) })).map(({ source_id }) => source_id)).toEqual(["1002", "1005"]);
});

test.each([
  [filtered(FORGED), "'meant' is none of them"],
  [filtered({ predictedLabel: { model: "mixed" } }), "an object with model and label"],
  [filtered({ predictedClass: { model: "mixed", class: 3 } }), "class must be text"],
  [filtered({ predictedLabel: { model: "mixed", label: "teff", withoutFlags: ["BAD"] } }), "one of INPUT_MISSING"],
  [filtered({ predictedLabel: { model: "mixed", label: "constructor" } }), "mixed@1 predicts teff, feh"],
  ["export/predicted-stars", "needs 'model'"],
  ["export/stars?model=mixed", "is of no model"],
  ["export/predictions?model=mixed&probabilities=true", "leave 'probabilities' out"],
  ["export/predicted-stars?model=mixed&probabilities=perhaps", "probabilities must be"],
])("%s is refused", async (path, message) => {
  const response = await fetch(`${url}/${path}`);
  expect(response.status).toBe(400);
  expect(await response.text()).toContain(message);
});
