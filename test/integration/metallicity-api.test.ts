import { ingestFile } from "../../src/catalogue/ingest/ingest-file";
import { passesOfKind } from "../../src/catalogue/ingest/kinds";
import type { App } from "../../src/server/app";
import { type Ask, openApi } from "../support/api";
import { openServices } from "../support/api-services";
import { registerMetallicityModel } from "../support/metallicity-model";
import { temporaryFolder } from "../support/table-files";

const PERIOD = 0.55;
const folder = temporaryFolder();
let services: Awaited<ReturnType<typeof openServices>>;
let app: App;
let ask: Ask;
beforeAll(async () => {
  services = await openServices();
  await registerMetallicityModel(services.registry);
  ({ app, ask } = await openApi(services));
});
afterAll(async () => {
  await app.close();
  await services.close();
});

const QUERY = `query Ask($lightCurve: LightCurveInput!, $period: Float, $model: String, $extinctionG: Float, $extinctionGError: Float) {
  predictMetallicity(lightCurve: $lightCurve, period: $period, model: $model, extinctionG: $extinctionG, extinctionGError: $extinctionGError) {
    feh fehError flags refusal message period periodSource points pointsUsed inputsMissing inputsOutsideLimits
    modelVersion { model version } distance { distanceModulus distanceModulusError distance distanceError meanMag }
  } }`;

async function predict(lightCurve: object, others: object = {}) {
  const { data, errors } = await ask(QUERY, { lightCurve, ...others });
  expect(errors).toEqual([]);
  return data!.predictMetallicity as unknown as Record<string, never>;
}

/** An RR Lyrae's rise and fall, as magnitudes at so many times over three years, in no rhythm with the period. */
function observed(points: number): { time: number[]; mag: number[] } {
  const time = Array.from({ length: points }, (_, index) => 1700 + 1000 * ((index * 0.6180339887) % 1)).sort((a, b) => a - b);
  const mag = time.map((one) => {
    const angle = (2 * Math.PI * one) / PERIOD;
    return 15 + 0.3 * Math.sin(angle + 1) + 0.15 * Math.sin(2 * angle + 0.5) + 0.1 * Math.sin(3 * angle - 0.4);
  });
  return { time, mag };
}
const phased = (points: number) => {
  const { time, mag } = observed(points);
  return { phase: time.map((one) => (one / PERIOD) % 1), mag };
};

test("a light curve that is given, with its period, has a metallicity, an error and no doubt", async () => {
  expect(await predict(observed(40), { period: PERIOD, model: "rrl-test" })).toMatchObject({
    ...{ feh: -1.2, fehError: 0.2, flags: [], refusal: null, message: null, points: 40, pointsUsed: 40 },
    ...{ period: PERIOD, periodSource: "GIVEN", modelVersion: { model: "rrl-test", version: 1 }, distance: null },
  });
  expect(await predict(phased(40), { period: PERIOD })).toMatchObject({ feh: -1.2, flags: [] });
});

test("a period that is not given is found, and said so", async () => {
  const answer = await predict(observed(60));
  expect(answer).toMatchObject({ feh: expect.closeTo(-1.2, 3), period: expect.closeTo(PERIOD, 4), periodSource: "FOUND", refusal: null });
});

test("fluxes are magnitudes, whatever their unit, and a negative one is left out and flagged", async () => {
  const { time, mag } = observed(40);
  const flux = mag.map((one) => 10 ** (-0.4 * (one - 20)));
  const good = await predict({ time, flux, fluxError: flux.map((one) => one / 100), zeroPoint: 20 }, { period: PERIOD, extinctionG: 0 });
  expect(good).toMatchObject({ feh: -1.2, flags: [], distance: { meanMag: expect.closeTo(14.96, 1) } });
  expect(await predict({ time, flux: flux.with(3, -1) }, { period: PERIOD })).toMatchObject({ flags: ["POINTS_LEFT_OUT"], pointsUsed: 39 });
});

test("with an extinction the answer has a distance, whose error holds all errors", async () => {
  const lightCurve = observed(60);
  const { distance } = (await predict(lightCurve, { period: PERIOD, extinctionG: 0.3, extinctionGError: 0.05 })) as unknown as {
    distance: Record<"distanceModulus" | "distanceModulusError" | "distance" | "distanceError" | "meanMag", number>;
  };
  // M_G = 0.32 (-1.2) + 1.11 = 0.726; its error: 0.32 x 0.2, 0.04 x 1.2, 0.06; with 0.05 of the extinction.
  expect(distance.distanceModulus).toBeCloseTo(distance.meanMag - 0.726 - 0.3, 4);
  expect(distance.distanceModulusError).toBeCloseTo(Math.hypot(0.064, 0.048, 0.06, 0.05), 3);
  expect(distance.distance).toBeCloseTo(10 ** (distance.distanceModulus / 5 + 1), 3);
});

test.each([
  ["no point", { time: [], mag: [] }, { period: PERIOD }, "NO_POINTS"],
  ["one point", { time: [1700], mag: [15] }, { period: PERIOD }, "TOO_FEW_POINTS"],
  ["three points", { time: [1700, 1701.2, 1705], mag: [15, 15.1, 15.2] }, { period: PERIOD }, "TOO_FEW_POINTS"],
  ["three points and no period", { time: [1700, 1701.2, 1705], mag: [15, 15.1, 15.2] }, {}, "PERIOD_NOT_FOUND"],
  ["nothing but nulls", { time: [1, 2, 3], mag: [null, null, null] }, { period: PERIOD }, "NO_POINTS"],
  ["nothing but negative fluxes", { time: [1, 2, 3], flux: [-1, 0, -5] }, { period: PERIOD }, "NO_POINTS"],
  ["one time again and again", { time: Array(30).fill(1700), mag: observed(30).mag }, { period: PERIOD }, "TOO_FEW_POINTS"],
  ["a period of 0", observed(40), { period: 0 }, "PERIOD_IMPOSSIBLE"],
  ["a period of a billion days", observed(40), { period: 1e9 }, "PERIOD_IMPOSSIBLE"],
  ["phases without a period", phased(40), {}, "PERIOD_MISSING"],
  ["half a cycle", { phase: [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35], mag: observed(8).mag }, { period: PERIOD }, "PHASE_GAP_TOO_LARGE"],
  ["a star that does not vary", { ...observed(40), mag: Array(40).fill(15) }, { period: PERIOD }, "NO_VARIATION"],
])("%s is refused in words, without a number", async (_what, lightCurve, others, refusal) => {
  const answer = await predict(lightCurve, others);
  expect(answer).toMatchObject({ feh: null, fehError: null, refusal, message: expect.stringMatching(/\w+ \w+/), distance: null });
});

test("nulls, a time that comes twice, few points and a period beyond the training stars are flagged", async () => {
  const { time, mag } = observed(40);
  expect(await predict({ time, mag: mag.with(0, null as never) }, { period: PERIOD })).toMatchObject({ flags: ["POINTS_LEFT_OUT"] });
  expect(await predict({ time: [...time, time[0]], mag: [...mag, 15] }, { period: PERIOD })).toMatchObject({ flags: ["POINTS_LEFT_OUT"] });
  expect((await predict(observed(12), { period: PERIOD })).flags).toContain("FEW_POINTS");
  expect(await predict(observed(40), { period: 1.2 })).toMatchObject({
    flags: expect.arrayContaining(["INPUT_OUTSIDE_LIMITS"]),
    inputsOutsideLimits: ["period"],
  });
});

test.each([
  [{}, /wants either `time` or `phase`, or the `sourceId`/],
  [{ time: [1], phase: [1], mag: [1] }, /wants either `time` or `phase`/],
  [{ time: [1, 2], mag: [1] }, /has 2 values in `time` and 1 in `mag`/],
  [{ time: [1], mag: [1], fluxError: [1] }, /`magError` is wanted/],
  [{ sourceId: "5", mag: [1] }, /not both/],
  [{ time: Array(1001).fill(1), mag: Array(1001).fill(1) }, /1001 points; 1000 are taken at most/],
])("a light curve that is none is refused by what it lacks: %#", async (lightCurve, fault) => {
  const { errors } = await ask(QUERY, { lightCurve });
  expect(errors[0]).toMatchObject({ message: expect.stringMatching(fault), extensions: { code: "BAD_INPUT" } });
});

test("a stored light curve is folded with the period that is known, or found, of its star", async () => {
  const missing = await ask(QUERY, { lightCurve: { sourceId: "77" } });
  expect(missing.errors[0]).toMatchObject({
    message: expect.stringMatching(/DR3 source 77 has no light curve in G/),
    extensions: { code: "NOT_FOUND" },
  });
  const { time, mag } = observed(50);
  const rows = time.map((one, index) => `77,G,${one},${mag[index]! + (index === 7 ? 3 : 0)},${index === 7}`);
  const file = folder.write("stored.csv", `source_id,band,time,mag,rejected_by_variability\n${rows.join("\n")}\n`);
  for (const pass of passesOfKind("light-curves", 3, null))
    await ingestFile(services.database, file, { ...pass, rejectsDir: folder.path, maxRejected: 0 });
  // The rejected point, three magnitudes off, counts for nothing.
  expect(await predict({ sourceId: "77" })).toMatchObject({ feh: expect.closeTo(-1.2, 3), points: 49, periodSource: "FOUND" });
  await services.database.script(
    "INSERT INTO variability (release, source_id, catalogue_id, band, method, period) SELECT 3, 77, id, '', 'published', 0.55 FROM catalogue",
  );
  expect(await predict({ sourceId: "77" })).toMatchObject({ feh: -1.2, period: PERIOD, periodSource: "CATALOGUE" });
});

test("a star's own prediction by a model of light curves is computed from its stored one", async () => {
  await services.database.script("INSERT INTO star (release, source_id, ra, dec) VALUES (3, 77, 1, 2), (3, 78, 1, 2)");
  const { data, errors } = await ask(
    '{ starsByIds(sourceIds: [77, 78]) { prediction(model: "rrl-test") { stored unpredicted labels { parameter value uncertainty flags } } } }',
  );
  expect(errors).toEqual([]);
  expect(data?.starsByIds).toEqual([
    { prediction: { stored: false, unpredicted: null, labels: [{ parameter: "feh", value: -1.2, uncertainty: 0.2, flags: [] }] } },
    { prediction: { stored: false, unpredicted: "NO_INPUT", labels: [] } },
  ]);
});

test("models that predict something else are refused, and searches that would wait too long", async () => {
  const unknown = await ask(QUERY, { lightCurve: observed(40), model: "none" });
  expect(unknown.errors[0]?.extensions.code).toBe("NOT_FOUND");
  const many = await Promise.all(Array.from({ length: 30 }, () => ask(QUERY, { lightCurve: observed(40) })));
  const codes = new Set(many.map(({ errors }) => errors[0]?.extensions.code));
  expect([...codes].every((code) => code === undefined || code === "OVERLOADED")).toBe(true);
});
