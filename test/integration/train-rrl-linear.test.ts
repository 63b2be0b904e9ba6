import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Database } from "../../src/database/database";
import { MODALITIES } from "../../src/modalities/modalities";
import { Predictor } from "../../src/models/predictor";
import { Registry } from "../../src/models/registry/registry";
import { Random } from "../../src/science/random";
import { trainRrlLinear } from "../../training/families/relation/rrl-linear";
import { predictFile } from "../../training/predict/predict-file";
import type { TrainingReport } from "../../training/recipe";
import { openTestDatabase } from "../support/database";
import { type FoldedStar, writeFolder } from "../support/folded-curves";
import { makeInstallation } from "../support/installation";

const HEADER = "type use_id feh e_feh shift keep snr phcov period A1 A2 A3 A1_e A2_e A3_e phi21 phi21_e phi31 phi31_e";

/** [Fe/H] = -4.7 - 6 period + 3 A2 + 1.1 phi31, with 0.1 dex of scatter. */
const fehOf = (period: number, a2: number, phi31: number) => -4.7 - 6 * period + 3 * a2 + 1.1 * phi31;

/** One spectrum a star; phi31 two turns away, as tables may have it. */
function fourierTable(stars: number): string {
  const random = new Random(5);
  const rows = Array.from({ length: stars }, (_, star) => {
    const [period, a2, phi31] = [random.between(0.4, 0.7), random.between(0.08, 0.2), random.between(5, 6.6)];
    const feh = fehOf(period, a2, phi31) + 0.1 * random.normal();
    const measured = phi31 + 0.05 * random.normal() - 4 * Math.PI;
    return `RRab S${star} ${feh} 0.05 0 1 200 0.95 ${period} 0.3 ${a2} 0.08 0.003 0.003 0.003 2.6 0.03 ${measured} 0.05`;
  });
  return `# ${HEADER}\n${rows.join("\n")}\nRRc OTHER -1 0.05 0 1 200 0.95 0.3 0.2 0.03 0.01 0.003 0.003 0.003 2.6 0.03 6.8 0.05\n`;
}

/** Light curves of stars whose [Fe/H] is a line in period and phi31. */
function lightCurves(count: number): (FoldedStar & { readonly feh: number })[] {
  const random = new Random(6);
  return Array.from({ length: count }, (_, star) => {
    const [period, phi31] = [random.between(0.45, 0.7), 5.4 + 0.4 * random.normal()];
    const points = Array.from({ length: 40 }, (): [number, number] => {
      const phase = random.uniform();
      const angle = 2 * Math.PI * phase;
      const curve = Math.sin(angle) + 0.45 * Math.sin(2 * angle + 2.6) + 0.3 * Math.sin(3 * angle + phi31);
      return [phase, 15 + 0.3 * curve + 0.01 * random.normal()];
    });
    return {
      id: String(1000 + star),
      period: String(period),
      points,
      feh: -1.3 - 6 * (period - 0.57) + (phi31 - 5.4) + 0.1 * random.normal(),
      fold: star % 3,
    };
  });
}

describe("The recipe rrl-linear", () => {
  let database: Database;
  let folder: string;
  let registry: Registry;
  let predictor: Predictor;
  let fourier: string;
  let curves: string;
  let inI: TrainingReport;
  let inG: TrainingReport;
  const SHORT = { chains: 2, draws: 200 };

  beforeAll(async () => {
    database = await openTestDatabase();
    folder = mkdtempSync(path.join(tmpdir(), "asterism-rrl-linear-"));
    registry = new Registry(database, folder);
    predictor = new Predictor(registry, MODALITIES, { batchSize: 64, batchWindowMs: 0, queueLimit: 10_000 });
    fourier = path.join(folder, "fourier");
    mkdirSync(fourier);
    writeFileSync(path.join(fourier, "stars.dat"), fourierTable(24));
    curves = writeFolder(path.join(folder, "curves"), lightCurves(60));
    inI = await trainRrlLinear(database, folder, { data: fourier, ...SHORT });
    inG = await trainRrlLinear(database, folder, { data: curves, terms: ["period", "phi31"], ...SHORT });
  }, 120_000);
  afterAll(async () => {
    await predictor.close();
    await database.close();
    rmSync(folder, { recursive: true });
  });

  it("gives relations of different bands different names, and their stars' parameters different feature sets", () => {
    expect(inI.version).toMatchObject({ model: "rrl-linear-i", aliases: ["champion"] });
    expect(inI.version.manifest).toMatchObject({ featureSet: { name: "rrl-relation-i" }, settings: { band: "I", type: "RRab" } });
    expect(inG.version).toMatchObject({ model: "rrl-linear", aliases: ["champion"] });
    expect(inG.version.manifest).toMatchObject({ featureSet: { name: "rrl-relation-g" }, settings: { band: "G" } });
  });

  it("scores stars by fits without them, and knows by how much it errs", () => {
    for (const { evaluations, version } of [inI, inG]) {
      const [feh] = evaluations;
      expect(feh!.after.stars).toBe(version.manifest.data.stars.test);
      expect(feh!.after.rmse).toBeLessThan(0.17);
      expect(feh!.coverage).toBeGreaterThan(0.55);
      expect(feh!.coverage).toBeLessThan(0.8);
    }
  });

  it("tells the posterior, its convergence, and how the sample was made", () => {
    const { settings } = inI.version.manifest;
    expect(settings).toMatchObject({ terms: ["period", "A2", "phi31"], divergences: 0, evaluation: "one star left out at a time" });
    expect(settings.posterior).toHaveLength(5);
    expect(settings.sample).toContainEqual({ cut: "type RRab", lost: 1, left: 24 });
    expect(inI.notes?.join("\n")).toContain("R-hat");
    expect(inI.figures?.map(({ name }) => name)).toEqual(["corner.svg"]);
  });

  it("predicts a table of Fourier parameters, and leaves a star of another type without an answer", async () => {
    const output = path.join(folder, "fourier.csv");
    const summary = await predictFile(predictor, inI.version, { input: fourier, output });
    expect(summary).toMatchObject({ stars: 25, unpredicted: 1 });
    const [header, ...lines] = readFileSync(output, "utf8").trim().split("\n");
    expect(header).toMatch(/^use_id,feh,feh_error,flags/);
    expect(lines.at(-1)).toMatch(/^OTHER,,,OTHER_MODE,/);
    const rows = readFileSync(path.join(fourier, "stars.dat"), "utf8").split("\n").slice(1, 25);
    const errors = lines.slice(0, 24).map((line, star) => Number(line.split(",")[1]) - Number(rows[star]!.split(" ")[2]));
    expect(Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / 24)).toBeLessThan(0.15);
  });

  it("predicts light curves whose labels nobody knows", async () => {
    const unseen = writeFolder(
      path.join(folder, "unseen"),
      lightCurves(20).map(({ feh: _, fold: __, ...star }) => star),
    );
    const output = path.join(folder, "curves.csv");
    expect(await predictFile(predictor, inG.version, { input: unseen, output })).toMatchObject({ stars: 20, unpredicted: 0 });
    expect(readFileSync(output, "utf8")).toMatch(/^gaia_dr2_source_id,feh,feh_error,flags/);
  });

  it("refuses a relation of one band the light curves of another, and its model's name to the other", async () => {
    const output = path.join(folder, "refused.csv");
    await expect(predictFile(predictor, inI.version, { input: curves, output })).rejects.toMatchObject({
      code: "BAD_INPUT",
      message: expect.stringContaining("holds Gaia's light curves in G"),
    });
    await expect(trainRrlLinear(database, folder, { data: fourier, model: "rrl-linear" })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it.each(["period,foo", "period,period", "period*A2*phi31", ""])("refuses the terms '%s'", async (terms) => {
    await expect(trainRrlLinear(database, folder, { data: fourier, terms: terms.split(",") })).rejects.toMatchObject({ code: "BAD_INPUT" });
  });

  it("refuses overtone pulsators where no table says which stars they are, and a sample that is too small", async () => {
    await expect(trainRrlLinear(database, folder, { data: curves, type: "RRc" })).rejects.toMatchObject({ code: "BAD_INPUT" });
    await expect(trainRrlLinear(database, folder, { data: fourier, type: "RRc" })).rejects.toMatchObject({
      message: expect.stringContaining("has 1 RRc stars to fit on"),
    });
  });

  it("refuses labels that hardly differ, rather than sample without end", async () => {
    const alike = (place: string, feh: number, scatter: number) =>
      writeFolder(
        path.join(folder, place),
        lightCurves(30).map((star, index) => ({ ...star, feh: feh + scatter * (index % 2) })),
      );
    for (const data of [alike("constant", -1.5, 0), alike("nearly", -1.5, 0.01)])
      await expect(trainRrlLinear(database, folder, { data })).rejects.toMatchObject({
        code: "BAD_INPUT",
        message: expect.stringContaining("a relation needs more than 0.0100 dex"),
      });
  });

  it("keeps stars of folds that are named from the training altogether", async () => {
    const { version } = await trainRrlLinear(database, folder, {
      ...{ data: curves, terms: ["period", "phi31"], model: "rrl-linear-part", withoutFolds: [2] },
      ...SHORT,
    });
    expect(version.manifest.data).toMatchObject({ source: "curves without cv_fold 2", stars: { test: 40 } });
    await expect(trainRrlLinear(database, folder, { data: fourier, withoutFolds: [2] })).rejects.toMatchObject({ code: "BAD_INPUT" });
  });

  it("stops between two folds when it is interrupted, and registers nothing", async () => {
    const interrupt = AbortSignal.abort();
    await expect(trainRrlLinear(database, folder, { data: fourier, ...SHORT }, { interrupt })).rejects.toMatchObject({
      code: "INTERRUPTED",
    });
    expect((await registry.show("rrl-linear-i")).versions).toHaveLength(1);
  });
});

test("a version is registered though its figures cannot be drawn, which is told and no failure", async () => {
  const installation = await makeInstallation();
  const data = path.join(installation.dataDir, "fourier");
  const figures = path.join(installation.dataDir, "drawn");
  mkdirSync(path.join(figures, "feh-scatter.svg"), { recursive: true }); // a folder, where the figure would be
  mkdirSync(data);
  writeFileSync(path.join(data, "stars.dat"), fourierTable(24));
  const short = ["--chains", "2", "--draws", "200"];
  const { status, stdout, stderr } = await installation.start(
    "train",
    "rrl-linear",
    "--data",
    data,
    ...short,
    "--figures",
    figures,
    "--json",
  ).ended;
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: expect.stringMatching(/@1 is registered, but its figures could not be drawn in .*drawn/),
  });
  expect(JSON.parse(stdout)).toMatchObject({ version: 1, figures: expect.arrayContaining([expect.stringContaining("feh-scatter.svg")]) });
  await installation.remove();
}, 60_000);
