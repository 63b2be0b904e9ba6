import { readFileSync } from "node:fs";
import path from "node:path";
import { ingestFile } from "../../src/catalogue/ingest/ingest-file";
import { passesOfKind } from "../../src/catalogue/ingest/kinds";
import { readMapping } from "../../src/catalogue/ingest/mapping-file";
import { lightCurveFeatureSet } from "../../src/features/light-curve/feature-sets";
import { makeRrlCatalogue, type RrlCatalogueOptions, type RrlCatalogueReport } from "../../training/products/rrl-catalogue/rrl-catalogue";
import { openServices } from "../support/api-services";
import { type FoldedStar, sawtooth, writeFolder } from "../support/folded-curves";
import { linearModel } from "../support/linear-model";
import { FEH, manifestDraft } from "../support/manifest";
import { registerMetallicityModel } from "../support/metallicity-model";
import { temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
let services: Awaited<ReturnType<typeof openServices>>;

/** Less trusted, but trained on periods of up to 1.2 d: [Fe/H] = -2 for all. */
async function registerWideModel(): Promise<void> {
  const features = lightCurveFeatureSet("rrl-fourier");
  const draft = manifestDraft({ model: "rrl-wide", featureSet: { name: features.name, inputs: features.inputs } });
  const ones = features.inputs.map(() => 1);
  await services.registry.register(
    {
      ...draft,
      modality: "light-curve",
      outputs: [{ ...FEH, test: { ...FEH.test, rmse: 2 } }],
      normalisation: { mean: ones, scale: ones },
      limits: features.inputs.map(({ name }) => (name === "period" ? [0.2, 1.2] : [-1e3, 1e3])),
    },
    linearModel([{ name: "feh", offset: -2, slopes: features.inputs.map(() => 0), error: 0.4 }]),
  );
}

const ID = 6_000_000_000_000_000_000n;
const star = (index: number, period: number, points: number, feh: number): FoldedStar => ({
  id: String(ID + BigInt(index)),
  period: String(period),
  points: sawtooth(points),
  feh,
});

/** An ordinary one; one whose period only the wide model knows; one of few points; one of too few; one that is said to be RRc. */
const STARS = [star(1, 0.5, 40, -1.1), star(2, 1, 40, -2.1), star(3, 0.6, 12, -1.3), star(4, 0.6, 3, -1), star(5, 0.55, 40, -1)];

beforeAll(async () => {
  services = await openServices();
  await registerMetallicityModel(services.registry);
  await registerWideModel();
  const data = writeFolder(path.join(folder.path, "data"), STARS);
  const mapping = readMapping("rr-lyrae-gaia-g");
  for (const [kind, file] of [
    ["catalogue", "stars.csv"],
    ["light-curves", "light_curves.csv.gz"],
  ] as const)
    for (const pass of passesOfKind(kind, null, mapping))
      await ingestFile(services.database, path.join(data, file), { ...pass, rejectsDir: folder.path, maxRejected: 0 });
  await services.database.query("UPDATE variability SET type = 'RRc' WHERE source_id = $1", [ID + 5n]);
  await services.database.query(
    `INSERT INTO variability (release, source_id, catalogue_id, band, method, type) SELECT 2, $1, min(catalogue_id), '', 'published', 'RRab' FROM variability`,
    [ID + 6n],
  );
});
afterAll(() => services.close());

async function make(options: Partial<RrlCatalogueOptions> = {}): Promise<{ report: RrlCatalogueReport; rows: Record<string, string>[] }> {
  const { database, registry, predictor } = services;
  const file = path.join(folder.path, "catalogue.csv");
  const report = await makeRrlCatalogue(database, registry, predictor, { release: 2, file, format: "csv", ...options });
  const [header, ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
  const names = header!.trim().split(",");
  return {
    report,
    rows: lines.map((line) =>
      Object.fromEntries(
        line
          .trim()
          .split(",")
          .map((cell, at) => [names[at]!, cell]),
      ),
    ),
  };
}

test("each RR Lyrae has a row: the most trusted model's estimate, another's where that one was beyond its training", async () => {
  const { report, rows } = await make();
  expect(report).toMatchObject({ stars: 6, reference: null, clusters: null });
  expect(report.versions.map(({ model, stars, unpredicted }) => [model, stars, unpredicted])).toEqual([
    ["rrl-test", 5, 1],
    ["rrl-wide", 5, 1],
  ]);
  expect(
    rows.map(({ source_id, feh, model, estimates, flags }) => [source_id, feh && Number(feh).toFixed(3), model, estimates, flags]),
  ).toEqual([
    [String(ID + 1n), "-1.000", "rrl-test@1", "2", ""],
    [String(ID + 2n), "-2.000", "rrl-wide@1", "2", ""],
    [String(ID + 3n), "-1.400", "rrl-test@1", "2", "FEW_POINTS"],
    [String(ID + 4n), "", "", "0", "NO_ESTIMATE"],
    [String(ID + 5n), "", "", "0", "OTHER_MODE"],
    [String(ID + 6n), "", "", "0", "NO_LIGHT_CURVE"],
  ]);
  expect(rows[0]).toMatchObject({ type: "RRab", period: "0.5", points: "40", feh_error: "0.2", feh_lowest: "-2", feh_highest: "-1" });
});

test("what was predicted before is not predicted again", async () => {
  await make();
  const { report } = await make();
  expect(report.versions.map(({ stars }) => stars)).toEqual([0, 0]);
});

test("only the models that are named count, in their order", async () => {
  const { rows } = await make({ models: ["rrl-wide"] });
  expect(rows.map(({ feh }) => feh)).toEqual(["-2", "-2", "-2", "", "", ""]);
});

test("it is compared with spectra and with clusters", async () => {
  const reference = folder.write("spectra.csv", `source_id,feh,e_feh\n${ID + 1n},-1.1,0.1\n${ID + 2n},-2.5,0.1\n${ID + 4n},-1,0.1\n`);
  const clusters = folder.write(
    "clusters.csv",
    `source_id,cluster\n${ID + 1n},M 3\n${ID + 3n},M 3\n${ID + 2n},NGC 2419\n${ID + 4n},M 15\n`,
  );
  const { report } = await make({ reference, clusters });
  expect(report.reference).toMatchObject({ listed: 3, coverage: 0.5, errors: { stars: 2 }, unflagged: { stars: 2 } });
  expect(report.reference!.errors!.mean).toBeCloseTo((0.1 + 0.5) / 2, 6);
  const [m15, m3, ngc] = report.clusters!;
  expect(m15).toMatchObject({ cluster: "M 15", listed: 1, members: 0, feh: null });
  expect(m3).toMatchObject({ cluster: "M 3", members: 2, feh: expect.closeTo(-1.2, 6), fehError: expect.closeTo(0.2 / Math.SQRT2, 6) });
  expect(m3!.reducedChiSquare).toBeCloseTo(2, 4);
  expect(ngc).toMatchObject({ cluster: "NGC 2419", feh: -2, scatter: null });
});

test("a Parquet file is written whole", async () => {
  const file = path.join(folder.path, "catalogue.parquet");
  const { database, registry, predictor } = services;
  await makeRrlCatalogue(database, registry, predictor, { release: 2, file, format: "parquet" });
  expect(readFileSync(file).subarray(0, 4).toString()).toBe("PAR1");
});

test("a release without RR Lyrae is said to have none, and no file is left", async () => {
  const file = path.join(folder.path, "none.csv");
  const { database, registry, predictor } = services;
  await expect(makeRrlCatalogue(database, registry, predictor, { release: 3, file, format: "csv" })).rejects.toThrow(
    "DR3 holds no RR Lyrae",
  );
  expect(() => readFileSync(file)).toThrow();
});
