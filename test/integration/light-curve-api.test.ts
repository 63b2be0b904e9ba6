import { ingestFile } from "../../src/catalogue/ingest/ingest-file";
import { passesOfKind } from "../../src/catalogue/ingest/kinds";
import { parseMapping } from "../../src/catalogue/ingest/mapping-file";
import type { App } from "../../src/server/app";
import { computeVariability } from "../../training/products/variability/compute-variability";
import { type Ask, openApi } from "../support/api";
import { openServices } from "../support/api-services";
import { BRIGHT_STAR, insertNamedStars } from "../support/named-stars";
import { temporaryFolder } from "../support/table-files";

const PERIOD = 0.5678;
const folder = temporaryFolder();
let services: Awaited<ReturnType<typeof openServices>>;
let app: App;
let ask: Ask;

/** Sixty transits of a star of three harmonics in G, the first of them rejected, and seven in BP. */
function transits(sourceId: bigint): string {
  const rows = Array.from({ length: 67 }, (_, index) => {
    const time = 1700 + 13.37 * (index % 60) + 0.1 * ((7 * index) % 10);
    const angle = (2 * Math.PI * time) / PERIOD;
    const mag = 15 + 0.3 * Math.sin(angle + 1) + 0.15 * Math.sin(2 * angle + 0.5) + 0.1 * Math.sin(3 * angle - 0.4);
    return [sourceId, index < 60 ? "G" : "BP", time, mag, 200, index === 0].join(",");
  });
  return `source_id,band,time,mag,flux_over_error,rejected_by_variability\n${rows.join("\n")}\n`;
}

async function ingest(kind: string, name: string, content: string, mapping: Parameters<typeof passesOfKind>[2] = null): Promise<void> {
  for (const pass of passesOfKind(kind, 3, mapping)) {
    const record = await ingestFile(services.database, folder.write(name, content), { ...pass, rejectsDir: folder.path, maxRejected: 0 });
    expect(record).toMatchObject({ status: "done", error: null });
  }
}

beforeAll(async () => {
  services = await openServices();
  await insertNamedStars(services.database);
  // The named stars' catalogues took the first numbers without asking.
  await services.database.script("ALTER SEQUENCE catalogue_id_seq RESTART WITH 10");
  await ingest("light-curves", "curves.csv", transits(BRIGHT_STAR));
  ({ app, ask } = await openApi(services));
});
afterAll(async () => {
  await app.close();
  await services.close();
});

const star = async (selection: string) => ask(`{ star(sourceId: "${BRIGHT_STAR}") { ${selection} } }`);

test("a light curve is answered in order of time, without its rejected points", async () => {
  const { data, errors } = await star("lightCurve { catalogue band points pointsRejected period time phase mag magError rejected }");
  expect(errors).toEqual([]);
  const curve = data?.star?.lightCurve as unknown as Record<string, number[]>;
  expect(curve).toMatchObject({
    catalogue: "gaia-dr3-epoch-photometry",
    band: "G",
    points: 60,
    pointsRejected: 1,
    period: null,
    phase: null,
  });
  expect(curve.time).toHaveLength(59);
  expect(curve.time).toEqual(curve.time!.toSorted((a, b) => a - b));
  expect(curve.rejected).not.toContain(true);
  expect(curve.magError![0]).toBeCloseTo(0.0054287, 6);
});

test("a light curve is folded with a period that is given, or one that is known", async () => {
  const folded = await star(`lightCurve(band: "BP", folded: true, period: ${PERIOD}, withRejected: true) { points period phase time }`);
  const curve = folded.data?.star?.lightCurve as unknown as { phase: number[]; time: number[] };
  expect(curve.phase).toEqual(curve.phase.toSorted((a, b) => a - b));
  curve.time.forEach((time, index) => {
    expect(curve.phase[index]).toBeCloseTo((time / PERIOD) % 1, 9);
  });
  const without = await star("lightCurve(folded: true) { phase }");
  expect(without.errors[0]).toMatchObject({
    message: expect.stringMatching(/No period of the star is known/),
    extensions: { code: "BAD_INPUT" },
  });
});

test.each(["0", "-1", "1e9"])("a period of %s d is refused", async (period) => {
  const { errors } = await star(`lightCurve(folded: true, period: ${period}) { phase }`);
  expect(errors[0]?.message).toMatch(/`period` must be from 0.001 to 10000 d, not/);
});

test("points are limited, and what they cost is known before anything is read", async () => {
  expect((await star("lightCurve(maxPoints: 5) { time points }")).data?.star?.lightCurve).toMatchObject({
    points: 60,
    time: { length: 5 },
  });
  expect((await star("lightCurve(maxPoints: 0) { time }")).errors[0]?.message).toMatch(/`maxPoints` must be from 1 to 20000, not 0/);
  const long = "lightCurves(maxPoints: 20000) { time mag }";
  expect((await star(long)).errors[0]?.extensions.code).toBe("QUERY_TOO_COSTLY");
  // What is asked for less than nothing pays for nothing else.
  const negative = await ask(`{ star(sourceId: 1) { ${long} } stars(first: -1000000) { nodes { ra } } }`);
  expect(negative.errors[0]?.extensions.code).toBe("QUERY_TOO_COSTLY");
});

test("computed variability finds the period and the Fourier parameters, and stands before what is published", async () => {
  expect((await star("variability { period } variabilities { period }")).data?.star).toEqual({ variability: null, variabilities: [] });
  expect(await computeVariability(services.database, 3)).toEqual({ release: 3, lightCurves: 2, withoutPeriod: 0, withoutSeries: 1 });
  const mapping = parseMapping(
    {
      catalogue: { name: "test-periods", title: "A test" },
      id: "id",
      gaia: { column: "id", release: "DR3" },
      variability: { type: { column: "type" }, period: { value: "p", error: "e" } },
    },
    "m.yaml",
  );
  await ingest("variability", "periods.csv", `id,type,p,e\n${BRIGHT_STAR},RRab,0.56789,0.0001\n`, mapping);
  const { data, errors } = await star(
    "variability { method band period periodError amplitude r21 r31 phi21 phi31 phi31Error amplitudes epochs harmonics flags } variabilities { method catalogue type period band flags }",
  );
  expect(errors).toEqual([]);
  expect(data?.star?.variability).toMatchObject({
    ...{ method: "COMPUTED", band: "G", epochs: 59, flags: [] },
    ...{ period: expect.closeTo(PERIOD, 4), r21: expect.closeTo(0.5, 2), r31: expect.closeTo(1 / 3, 2) },
    // phi2 - 2 phi1 = 0.5 - 2, a turn on; phi3 - 3 phi1 = -0.4 - 3, a turn on
    ...{ phi21: expect.closeTo(2 * Math.PI - 1.5, 1), phi31: expect.closeTo(2 * Math.PI - 3.4, 1) },
  });
  expect(data?.star?.variabilities).toMatchObject([
    { method: "COMPUTED", band: "G" },
    { method: "COMPUTED", band: "BP", flags: ["NO_SERIES"] },
    { method: "PUBLISHED", catalogue: "test-periods", type: "RRab", period: 0.56789, band: null, flags: [] },
  ]);
});

test("another light curve in the place of one forgets what was computed from it", async () => {
  await ingest("light-curves", "curves.csv", transits(BRIGHT_STAR));
  const unchanged = await star("variabilities { method }");
  expect(unchanged.data?.star?.variabilities?.length).toBe(3);
  await ingest("light-curves", "curves.csv", transits(BRIGHT_STAR).replace(",200,false", ",100,false"));
  expect((await star("variabilities { method band }")).data?.star?.variabilities?.map(({ band }) => band)).toEqual(["BP", null]);
});
