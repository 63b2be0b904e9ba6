import type { App } from "../../src/server/app";
import { type Ask, openApi } from "../support/api";
import { openServices } from "../support/api-services";
import { BRIGHT_STAR, insertNamedStars } from "../support/named-stars";

let services: Awaited<ReturnType<typeof openServices>>;
let app: App;
let url: string;
let ask: Ask;
beforeAll(async () => {
  services = await openServices();
  await insertNamedStars(services.database);
  await services.database.script(`INSERT INTO catalogue_alias VALUES ('apogee', 2);
    UPDATE survey_label SET teff_flag = 3, vsini_error = 2 WHERE object_id = '2M1';
    INSERT INTO ingest_record (kind, source, sha256, status, finished_at, read, inserted, catalogue, unmatched)
      VALUES ('labels', '/data/secret/apogee.fits', 'abc', 'done', '2026-01-02T03:04:05Z', 3, 3, 'apogee-test', 1)`);
  ({ app, url, ask } = await openApi(services));
});
afterAll(async () => {
  await app.close();
  await services.close();
});

const download = async (path: string, init?: RequestInit) => (await fetch(`${url}${path}`, init)).text();

const ALL = [
  { name: "teff", value: 5777, error: 50, unit: "K", flag: "3" },
  { name: "feh", value: 0.125, error: null, unit: "dex", flag: null },
  { name: "chi2", value: 1.5, error: null, unit: null, flag: null },
  { name: "mgFe", value: 0.25, error: 0.125, unit: "dex", flag: "9007199254740993" },
];

test("every label that a survey gives comes with its error, unit and bits, beside the fields", async () => {
  const query = `{ star(sourceId: ${BRIGHT_STAR}) { surveyLabels { survey teff vsiniError labels { name value error unit flag } } } }`;
  for (let time = 1; time <= 3; time++) {
    // Interpreted at first, then compiled.
    const { data, errors } = await ask(query);
    expect(errors).toEqual([]);
    expect(data?.star?.surveyLabels).toEqual([
      { survey: "apogee-test", teff: 5777, vsiniError: 2, labels: ALL },
      { survey: "galah-test", teff: 5700, vsiniError: null, labels: [{ ...ALL[0], value: 5700, error: null, flag: null }] },
    ]);
  }
});

test.each(["apogee-test", "apogee"])("a survey's labels are asked for as %s", async (survey) => {
  const { data } = await ask(
    "query ($id: SourceId!, $survey: String) { star(sourceId: $id) { surveyLabels(survey: $survey) { survey } } }",
    {
      id: `${BRIGHT_STAR}`,
      survey,
    },
  );
  expect(data?.star?.surveyLabels).toEqual([{ survey: "apogee-test" }]);
  const page = await ask(`{ stars(first: 5) { nodes { sourceId surveyLabels(survey: "${survey}") { objectId } } } }`);
  expect(page.data?.stars?.nodes?.map((star) => star.surveyLabels)).toEqual([[], [{ objectId: "2M2" }], [], [], [{ objectId: "2M1" }]]);
});

test.each<[string, object, string[]]>([
  ["a label of the list", { survey: "apogee-test", label: "mgFe", min: 0.3 }, ["102"]],
  ["a survey by its alias", { survey: "apogee", label: "mgFe" }, ["102", `${BRIGHT_STAR}`]],
  ["a label of its own", { survey: "apogee", ownLabel: "chi2", max: 2 }, [`${BRIGHT_STAR}`]],
  ["a label of the list by an archive's spelling", { survey: "apogee", ownLabel: "MG_FE", max: 0.25 }, [`${BRIGHT_STAR}`]],
  ["an error", { survey: "apogee", label: "teffError", min: 55 }, ["102"]],
  ["a label of the list that the survey does not give", { survey: "galah-test", label: "mgFe" }, []],
])("stars are filtered by %s, in pages, counts and exports", async (_what, surveyLabel, ids) => {
  const query =
    "query ($filter: StarFilter) { stars(first: 9, filter: $filter) { nodes { sourceId } totalCount(exactUpTo: 10) { stars relation } } }";
  const { data, errors } = await ask(query, { filter: { surveyLabel } });
  expect(errors).toEqual([]);
  expect(data?.stars?.nodes?.map((star) => star.sourceId)).toEqual(ids);
  expect(data?.stars?.totalCount).toEqual({ stars: ids.length, relation: "EXACT" });
  const exported = await download(`/export/stars?filter=${encodeURIComponent(JSON.stringify({ surveyLabel }))}`);
  expect(
    exported
      .trim()
      .split("\n")
      .slice(1)
      .map((row) => row.split(",")[0]),
  ).toEqual(ids);
});

test.each([
  ["a label of its own that it does not give", `survey: "galah-test", ownLabel: "chi2"`, "gives no label 'chi2'. It gives: teff."],
  ["no label", `survey: "galah-test"`, "names no label. Give 'label'"],
  ["two labels", `survey: "galah-test", label: teff, ownLabel: "chi2"`, "names two labels, teff and chi2"],
  ["an empty range", `survey: "apogee", ownLabel: "chi2", min: 2, max: 1`, "min 2 is above max 1"],
])("a filter by %s is refused", async (_what, range, words) => {
  const { errors } = await ask(`{ stars(filter: { surveyLabel: { ${range} } }) { nodes { sourceId } } }`);
  expect(errors[0]?.message).toContain(words);
  expect(errors[0]?.extensions.code).toMatch(/^(BAD_INPUT|NOT_FOUND)$/);
});

test("a catalogue tells its aliases, what labels it gives, and the files that brought them, without their folders", async () => {
  const { data } = await ask(
    "{ catalogues { name aliases labels { name unit description } ingests { kind source sha256 status finishedAt inserted unmatched } } status { ingests { catalogue source } } }",
  );
  expect(data?.catalogues?.[0]).toEqual({
    name: "apogee-test",
    aliases: ["apogee"],
    labels: [
      { name: "teff", unit: "K", description: "effective temperature" },
      { name: "feh", unit: "dex", description: "iron abundance [Fe/H]" },
      { name: "chi2", unit: null, description: null },
      { name: "mgFe", unit: "dex", description: "magnesium relative to iron, [Mg/Fe]" },
    ],
    ingests: [
      {
        kind: "labels",
        source: "apogee.fits",
        sha256: "abc",
        status: "done",
        finishedAt: "2026-01-02T03:04:05.000Z",
        inserted: 3,
        unmatched: 1,
      },
    ],
  });
  expect(data?.status?.ingests).toEqual([{ catalogue: "apogee-test", source: "apogee.fits" }]);
});

test("an export of labels carries the columns that are asked for, of the objects that have any", async () => {
  const text = await download("/export/labels?survey=apogee&labels=mgFe,teff,chi2");
  expect(text.split("\n")).toEqual([
    "source_id,release,survey,synthetic,object_id,mgFe,mgFe_error,mgFe_flag,teff,teff_error,teff_flag,chi2,chi2_error,chi2_flag,flags",
    "102,3,apogee-test,false,2M2,0.5,,,4750,60,,,,,0",
    `${BRIGHT_STAR},3,apogee-test,false,2M1,0.25,0.125,9007199254740993,5777,50,3,1.5,,,9007199254740993`,
    "",
  ]);
  expect((await download("/export/labels?labels=chi2")).split("\n")).toHaveLength(3);
  const votable = await download("/export/labels?labels=mgFe&format=votable");
  expect(votable).toMatch(/<FIELD [^>]*name="mgFe"[^>]*unit="dex"[^>]*>\s*<DESCRIPTION>magnesium relative to iron/);
});

test.each([
  ["/export/labels?labels=nope", 404, "No label 'nope' is given. There are, besides those that have columns of their own: chi2, mgFe."],
  ["/export/stars?labels=teff", 400, "leave 'labels' out"],
  ["/export/stars?unmatched=true", 400, "'unmatched' is for objects"],
  ["/export/objects", 400, "name it with 'survey'"],
  ["/export/objects?survey=apogee&unmatched=yes", 400, "unmatched must be one of true, false"],
])("%s is refused", async (path, status, message) => {
  const response = await fetch(`${url}${path}`);
  expect(response.status).toBe(status);
  expect(await response.text()).toContain(message);
});

test("what two surveys give in different units is exported of one of them at a time", async () => {
  await services.database.script("INSERT INTO catalogue_label (id, catalogue_id, name, unit) VALUES (9, 3, 'chi2', 'mag')");
  expect(await download("/export/labels?labels=chi2")).toContain("given in without unit by apogee-test, mag by galah-test: choose one");
  expect((await download("/export/labels?labels=chi2&survey=apogee")).split("\n")).toHaveLength(3);
  await services.database.script("DELETE FROM catalogue_label WHERE id = 9");
});

test("a look-up gives labels without a column of their own where they are named, also by an alias of the survey", async () => {
  const lookUp = (columns: string) =>
    download(`/lookup?columns=${columns}`, { method: "POST", body: `source_id\n102\n103\n${BRIGHT_STAR}\n` });
  expect((await lookUp("apogee_mgFe,apogee_mgFe_error,apogee_test_teff,apogee_test_mgFe_flag")).split("\n")).toEqual([
    "source_id,found,apogee_test_teff,apogee_test_mgFe,apogee_test_mgFe_error,apogee_test_mgFe_flag",
    "102,true,4750,0.5,,",
    "103,true,,,,",
    `${BRIGHT_STAR},true,5777,0.25,0.125,9007199254740993`,
    "",
  ]);
  expect(await lookUp("labels")).not.toContain("mgFe");
});
