import type { App } from "../../src/server/app";
import { type Ask, openApi } from "../support/api";
import { openServices } from "../support/api-services";
import { BRIGHT_STAR, insertNamedStars } from "../support/named-stars";

let services: Awaited<ReturnType<typeof openServices>>;
let app: App;
let ask: Ask;
beforeAll(async () => {
  services = await openServices();
  await insertNamedStars(services.database);
  ({ app, ask } = await openApi(services));
});
afterAll(async () => {
  await app.close();
  await services.close();
});

test("a star answers under its id to the last digit, with what surrounds it", async () => {
  const { data, errors } = await ask(`{ star(sourceId: ${BRIGHT_STAR}) {
    release sourceId synthetic ra parallax photGMeanMag teffGspphot ruwe
    photometry { catalogue objectId band magSystem mag magError }
    crossmatches { catalogue objectId separation method }
    surveyLabels { survey synthetic objectId teff teffError feh logg flags abundances { name value error } }
  } }`);
  expect(errors).toEqual([]);
  expect(data?.star).toEqual({
    release: "DR3",
    sourceId: "6917528997577384321",
    synthetic: false,
    ra: 359.5,
    parallax: 12.25,
    photGMeanMag: 5.1,
    teffGspphot: 5800,
    ruwe: null,
    photometry: [
      { catalogue: "skymapper-test", objectId: "SM1", band: "u", magSystem: "AB", mag: 6.5, magError: 0.5 },
      { catalogue: "skymapper-test", objectId: "SM1", band: "g", magSystem: "AB", mag: 5.75, magError: null },
    ],
    crossmatches: [
      { catalogue: "apogee-test", objectId: "2M1", separation: null, method: "identifier" },
      { catalogue: "skymapper-test", objectId: "SM1", separation: 0.25, method: "position" },
    ],
    surveyLabels: [
      {
        survey: "apogee-test",
        synthetic: false,
        objectId: "2M1",
        teff: 5777,
        teffError: 50,
        feh: 0.125,
        logg: null,
        flags: "9007199254740993",
        abundances: [{ name: "mgFe", value: 0.25, error: 0.125 }],
      },
      {
        survey: "galah-test",
        synthetic: true,
        objectId: "G1",
        teff: 5700,
        teffError: null,
        feh: null,
        logg: null,
        flags: "0",
        abundances: [],
      },
    ],
  });
});

test("one survey's labels and one catalogue's photometry can be asked for alone", async () => {
  const { data } = await ask(
    `query ($id: SourceId!) { star(sourceId: $id) { surveyLabels(survey: "galah-test") { teff } photometry(catalogue: "apogee-test") { mag } } }`,
    { id: BRIGHT_STAR.toString() },
  );
  expect(data?.star).toEqual({ surveyLabels: [{ teff: 5700 }], photometry: [] });
});

test("a source that only other catalogues know is reachable, and says that no Gaia table has brought it", async () => {
  await services.database.script(`INSERT INTO light_curve (release, source_id, catalogue_id, band, time, mag, mag_error) VALUES
      (3, 777, 2, 'G', '{1,2}', '{12.5,12.75}', '{}');
    INSERT INTO survey_label (catalogue_id, object_id, release, source_id, teff) VALUES (3, 'G7', 3, 778, 4000)`);
  const query = `query ($ids: [SourceId!]!) { starsByIds(sourceIds: $ids) {
    sourceId listed synthetic ra parallax lightCurve { points } surveyLabels { teff } photometry { mag } } }`;
  const { data, errors } = await ask(query, { ids: ["777", "778", "779", "102"] });
  expect(errors).toEqual([]);
  const nothing = { ra: null, parallax: null, lightCurve: null, surveyLabels: [], photometry: [] };
  expect(data?.starsByIds).toEqual([
    { ...nothing, sourceId: "777", listed: false, synthetic: false, lightCurve: { points: 2 } },
    { ...nothing, sourceId: "778", listed: false, synthetic: true, surveyLabels: [{ teff: 4000 }] },
    null,
    { ...nothing, sourceId: "102", listed: true, synthetic: false, ra: 10, parallax: 1.5, surveyLabels: [{ teff: 4750 }] },
  ]);
  const other = await ask("{ star(sourceId: 777, release: DR2) { listed } }");
  expect(other.data).toEqual({ star: null });
  await services.database.script("DELETE FROM light_curve; DELETE FROM survey_label WHERE object_id = 'G7'");
});

test("an unknown star is null and no error", async () => {
  expect(await ask("{ star(sourceId: 9) { ra } }")).toEqual({ status: 200, data: { star: null }, errors: [] });
});

test("a source_id belongs to its release", async () => {
  const { data } = await ask(
    "{ two: star(sourceId: 101, release: DR2) { release parallax } three: star(sourceId: 101) { release parallax } }",
  );
  expect(data).toEqual({ two: { release: "DR2", parallax: 7 }, three: { release: "DR3", parallax: null } });
});

test("stars by ids come in the ids' order, null where unknown, repeated where repeated", async () => {
  const { data } = await ask("query ($ids: [SourceId!]!) { starsByIds(sourceIds: $ids) { sourceId } }", {
    ids: ["104", "9", BRIGHT_STAR.toString(), "104"],
  });
  expect(data?.starsByIds).toEqual([{ sourceId: "104" }, null, { sourceId: BRIGHT_STAR.toString() }, { sourceId: "104" }]);
});

test("NaN in the database is null in the answer", async () => {
  const { data, errors } = await ask("{ star(sourceId: 104) { ruwe } }");
  expect({ data, errors }).toEqual({ data: { star: { ruwe: null } }, errors: [] });
});

test("a page without order or filter goes by source_id", async () => {
  const { data } = await ask(
    "{ stars(first: 3) { nodes { sourceId } edges { cursor node { sourceId } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }",
  );
  expect(data?.stars?.nodes?.map((star) => star.sourceId)).toEqual(["101", "102", "103"]);
  expect(data?.stars?.edges?.map((edge) => edge.node!.sourceId)).toEqual(["101", "102", "103"]);
  expect(data?.stars?.pageInfo).toEqual({
    hasNextPage: true,
    hasPreviousPage: false,
    startCursor: data?.stars?.edges?.[0]?.cursor,
    endCursor: data?.stars?.edges?.[2]?.cursor,
  });
});

const idsWhere = async (filter: string) => {
  const { data, errors } = await ask(`{ stars(first: 10, filter: ${filter}) { nodes { sourceId } } }`);
  expect(errors).toEqual([]);
  return data?.stars?.nodes?.map((star) => star.sourceId);
};

test.each([
  ["a magnitude exactly as stored", "{ photGMeanMag: { min: 12.3, max: 12.3 } }", ["101", "102"]],
  ["a magnitude beyond what a real can hold", "{ photGMeanMag: { min: -1e300, max: 1e300 } }", ["101", "102", "104", `${BRIGHT_STAR}`]],
  ["a box that crosses ra = 0", "{ position: { ra: { min: 350, max: 20 } } }", ["101", "102", `${BRIGHT_STAR}`]],
  ["a box in both coordinates", "{ position: { ra: { min: 0, max: 20 }, dec: { min: 15 } } }", ["102"]],
  ["synthetic stars", "{ synthetic: true }", ["101"]],
  ["a survey's label", `{ surveyLabel: { survey: "apogee-test", label: teff, min: 5000 } }`, [`${BRIGHT_STAR}`]],
  ["that a survey gives a label at all", `{ surveyLabel: { survey: "apogee-test", label: feh } }`, ["102", `${BRIGHT_STAR}`]],
  ["one of several", "{ or: [{ parallax: { min: 10 } }, { photGMeanMag: { min: 15 } }] }", ["104", `${BRIGHT_STAR}`]],
  ["all of several", "{ and: [{ parallax: { min: 0 } }, { bpRp: { min: 1 } }], synthetic: false }", ["102", "104"]],
  ["nothing in particular", "{ parallax: null, and: [] }", ["101", "102", "103", "104", `${BRIGHT_STAR}`]],
])("a filter takes %s", async (_what, filter, ids) => {
  expect(await idsWhere(filter)).toEqual(ids);
});

test.each([
  ["an empty range", "{ bpRp: { min: 2, max: 1 } }", "BAD_INPUT", "min 2 is above max 1"],
  ["an ra beyond the circle", "{ position: { ra: { min: 400 } } }", "BAD_INPUT", "within 0 and 360"],
  ["no alternatives", "{ or: [] }", "BAD_INPUT", "at least one filter"],
  [
    "a survey that is not there",
    `{ surveyLabel: { survey: "nope", label: teff } }`,
    "NOT_FOUND",
    "apogee-test, galah-test, skymapper-test",
  ],
  ["a filter too deep", `${"{ and: [".repeat(5)}{}${"] }".repeat(5)}`, "BAD_INPUT", "5 deep"],
  ["a filter too wide", `{ or: [${"{},".repeat(60)}] }`, "BAD_INPUT", "50 filters"],
])("a filter with %s is refused in words that help", async (_what, filter, code, words) => {
  const { errors } = await ask(`{ stars(filter: ${filter}) { nodes { sourceId } } }`);
  expect(errors[0]?.extensions.code).toBe(code);
  expect(errors[0]?.message).toContain(words);
});

test.each([
  ["not base64", "%%%"],
  ["of another text", Buffer.from("[]").toString("base64url")],
  ["of no source_id", Buffer.from('["3 sourceId ASC",null,"99999999999999999999"]').toString("base64url")],
  ["of another order", Buffer.from('["3 bpRp ASC",null,"1"]').toString("base64url")],
])("a cursor that is %s is refused", async (_what, after) => {
  const { errors } = await ask("query ($after: String) { stars(after: $after) { nodes { sourceId } } }", { after });
  expect(errors[0]?.extensions.code).toBe("BAD_INPUT");
});

test.each(["0", "-1", "26"])("a page of %s stars is refused", async (first) => {
  const { errors } = await ask(`{ stars(first: ${first}) { nodes { sourceId } } }`);
  expect(errors[0]).toMatchObject({ message: expect.stringContaining("from 1 to 25"), extensions: { code: "BAD_INPUT" } });
});

test("catalogues and status say what there is", async () => {
  const { data } = await ask(
    "{ catalogues { name synthetic bands } status { version engine syntheticStars observedStars counts { table rows exact } } }",
  );
  expect(data?.catalogues?.[2]).toEqual({ name: "skymapper-test", synthetic: false, bands: ["u", "v", "g"] });
  expect(data?.status).toMatchObject({ version: "test", engine: services.database.engine, syntheticStars: true, observedStars: true });
  expect(data?.status?.counts?.[0]).toEqual({ table: "star", rows: 6, exact: true });
  expect(data?.status?.counts).toContainEqual({ table: "variability", rows: 0, exact: true });
});
