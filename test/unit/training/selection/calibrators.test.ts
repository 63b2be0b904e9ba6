import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { dekany2021Fundamental } from "../../../../src/science/rr-lyrae/metallicity-relations";
import { mean } from "../../../../src/science/statistics";
import { SAMPLER } from "../../../../training/bayes/sample-posterior";
import { fitRelation } from "../../../../training/families/relation/fit-relation";
import { readRelationSample } from "../../../../training/families/relation/relation-sample";
import { labelledOf, placesOf } from "../../../../training/families/relation/select-measurements";
import { termsOf } from "../../../../training/families/relation/term";
import { calibratorSample } from "../../../../training/fourier-parameters/calibrator-sample";
import { readSpectraFolder } from "../../../../training/fourier-parameters/calibrator-stars";
import { readFeatureSample } from "../../../../training/selection/feature-sample";
import { selectFeatures } from "../../../../training/selection/select-features";
import { describeRealData, REAL_DATA } from "../../../support/real-data";

describeRealData("The calibrators with high-resolution spectra", () => {
  const folder = path.join(REAL_DATA ?? "", "rr-lyrae-fourier");

  it("are 375 spectra of 80 RRab stars after the authors' cuts, and the published relation is off by 0.158 dex on them", async () => {
    const { spectra } = await readSpectraFolder(folder);
    const { rows, losses } = calibratorSample(spectra, "RRab");
    expect(rows).toHaveLength(375);
    expect(new Set(rows.map(({ star }) => star)).size).toBe(80);
    expect(losses.reduce((sum, { lost }) => sum + lost, rows.length)).toBe(spectra.length);
    const errors = rows.map(({ period, A1, A2, phi31, feh }) =>
      Math.abs(dekany2021Fundamental({ periodDays: period, a1Mag: A1, a2Mag: A2, phi31 }) - feh),
    );
    expect(mean(errors)).toBeCloseTo(0.158, 3);
  });

  it("give the published posterior where the errors of all variables are reckoned with", async () => {
    const sample = await readRelationSample(folder, "RRab");
    const places = placesOf(sample, sample.terms);
    const all = Int32Array.from(sample.ids.keys());
    const { posterior } = fitRelation(labelledOf(sample, places, all), termsOf(sample.terms, sample.terms), "population", {
      ...SAMPLER,
      warmup: 200,
      draws: 250,
    });
    // Dekany et al. 2021: -5.819 - 6.350 period + 5.785 A2 + 1.248 phi31.
    for (const [at, published] of [-5.819, -6.35, 5.785, 1.248].entries())
      expect(Math.abs(posterior.parameters[at]!.mean - published)).toBeLessThan(posterior.parameters[at]!.sd);
  });

  it("put period first, and phi21 beside it where phi31 was published, for the two say nearly the same", async () => {
    const { forward, chosen } = selectFeatures(await readFeatureSample(folder, "RRab"), 2);
    expect(forward.slice(0, 2).map(({ feature }) => feature)).toEqual(["period", "phi21"]);
    expect(chosen.find(({ method }) => method === "forward")?.absences).toEqual([
      expect.stringContaining("phi21 is nearest to it, r = 0.95"),
    ]);
  });
});

describe("A folder of Fourier parameters", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "asterism-fourier-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (text: string) => writeFileSync(path.join(folder, "stars.dat"), text);

  it.each([
    { text: "name,feh\n1,2\n", fault: "lacks the columns" },
    { text: "# name feh\nA 1\n", fault: "lacks the columns type, use_id, period" },
    { text: "# name feh\nA 1 2\n", fault: "lacks the columns" },
  ])("with '$text' is refused: $fault", async ({ text, fault }) => {
    write(text);
    await expect(readSpectraFolder(folder)).rejects.toMatchObject({ code: "BAD_INPUT", message: expect.stringContaining(fault) });
  });

  it("without a table, or that does not exist, is not found", async () => {
    await expect(readSpectraFolder(folder)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(readSpectraFolder(path.join(folder, "none"))).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
