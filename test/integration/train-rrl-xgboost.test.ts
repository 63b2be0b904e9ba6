import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Database } from "../../src/database/database";
import { MODALITIES } from "../../src/modalities/modalities";
import { Predictor } from "../../src/models/predictor";
import { Registry } from "../../src/models/registry/registry";
import { trainRrlXgboost } from "../../training/families/boosting/rrl-xgboost";
import { predictFile } from "../../training/predict/predict-file";
import type { TrainingReport } from "../../training/recipe";
import { openTestDatabase } from "../support/database";
import { writeFolder } from "../support/folded-curves";
import { rrLyraeStars as stars } from "../support/rr-lyrae-folder";
import { describeXgboost } from "../support/xgboost";

describeXgboost("The recipe rrl-xgboost", () => {
  let database: Database;
  let folder: string;
  let report: TrainingReport;
  const heard: number[] = [];

  beforeAll(async () => {
    database = await openTestDatabase();
    folder = mkdtempSync(path.join(tmpdir(), "asterism-xgboost-"));
    const data = writeFolder(path.join(folder, "data"), stars(150, 1));
    const onProgress = (done: number, total: number) => heard.push(done / total);
    report = await trainRrlXgboost(database, folder, { data, library: process.env.ASTERISM_XGBOOST_LIBRARY }, { onProgress });
  }, 60_000);
  afterAll(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });

  it("predicts stars of the folds left out far better than their mean does, and knows by how much it errs", () => {
    const [feh] = report.evaluations;
    expect(feh!.after.stars).toBe(150);
    expect(feh!.after.rmse).toBeLessThan(0.5 * feh!.before.rmse);
    expect(feh!.coverage).toBeGreaterThan(0.58);
    expect(feh!.coverage).toBeLessThan(0.78);
  });

  it("registers what it chose, on what, and by which library", () => {
    const { manifest } = report.version;
    expect(manifest).toMatchObject({ recipe: "rrl-xgboost", backend: "xgboost", members: 8, featureSet: { name: "rrl-shape" } });
    expect(manifest.libraries.xgboost).toMatch(/^\d+\.\d+\.\d+$/);
    expect(manifest.settings).toMatchObject({ starts: [{ start: "mean" }, { start: "quadratic" }], crossValidation: { stars: 150 } });
  });

  it("counts its fits from the first to the last", () => {
    expect(heard.at(-1)).toBe(1);
  });

  it("predicts stars of another folder, whose labels nobody knows", async () => {
    const predictor = new Predictor(new Registry(database, folder), MODALITIES, { batchSize: 64, batchWindowMs: 0, queueLimit: 1000 });
    const unseen = stars(60, 2);
    const input = writeFolder(
      path.join(folder, "unseen"),
      unseen.map(({ feh: _, fold: __, ...star }) => star),
    );
    const output = path.join(folder, "out.csv");
    await predictFile(predictor, report.version, { input, output });
    await predictor.close();
    const [header, ...lines] = readFileSync(output, "utf8").trimEnd().split("\n");
    expect(header).toMatch(/^gaia_dr2_source_id,feh,feh_error,flags/);
    const residuals = lines.map((line, star) => Number(line.split(",")[1]) - unseen[star]!.feh);
    const rmse = Math.sqrt(residuals.reduce((sum, one) => sum + one * one, 0) / residuals.length);
    expect(rmse).toBeLessThan(0.6 * report.evaluations[0]!.before.rmse);
  });
});
