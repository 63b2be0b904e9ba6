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
import { type FoldedStar, writeFolder } from "../support/folded-curves";
import { normal, uniform } from "../support/random";
import { describeXgboost } from "../support/xgboost";

/** Stars whose [Fe/H] is a line in period and phi31, as Jurcsik & Kovács 1996 found it, with 0.1 dex of scatter. */
function stars(count: number, seed: number): (FoldedStar & { readonly feh: number })[] {
  const [even, gauss] = [uniform(seed), normal(seed)];
  return Array.from({ length: count }, (_, star) => {
    const period = 0.45 + 0.25 * even();
    const phi31 = 5.4 + 0.4 * gauss();
    const points = Array.from({ length: 40 }, (): [number, number] => {
      const phase = even();
      const angle = 2 * Math.PI * phase;
      const curve = Math.sin(angle) + 0.45 * Math.sin(2 * angle + 2.6) + 0.3 * Math.sin(3 * angle + phi31);
      return [phase, 15 + 0.3 * curve + 0.01 * gauss()];
    });
    const feh = -1.3 - 5.4 * (period - 0.575) + 1.3 * (phi31 - 5.4) + 0.1 * gauss();
    return { id: String(1000 * seed + star), period: String(period), points, feh, fold: star % 3 };
  });
}

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
