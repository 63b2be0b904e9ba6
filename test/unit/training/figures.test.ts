import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { viridis } from "../../../src/figures/colour-map";
import { linearScale, logScale } from "../../../src/figures/scale";
import type { LabelPredictions } from "../../../training/evaluation/error-statistics";
import { writeFigures } from "../../../training/evaluation/figures/write-figures";
import { normal } from "../../support/random";

const labelled = (scale: ReturnType<typeof linearScale>) => scale.ticks.map(({ label }) => label).filter((label) => label);

describe("An axis", () => {
  it("has ticks at round numbers inside its range", () => {
    expect(labelled(linearScale(3900, 6700))).toEqual(["4000", "4500", "5000", "5500", "6000", "6500"]);
    expect(labelled(linearScale(-1.02, 0.41))).toEqual(["\u22121.0", "\u22120.5", "0.0"]);
  });

  it("on a logarithmic scale names decades, and more where there are few", () => {
    expect(labelled(logScale(0.01, 1000))).toEqual(["0.01", "0.1", "1", "10", "100", "1000"]);
    expect(labelled(logScale(20, 60, { padding: 0 }))).toEqual(["20", "30", "40", "50"]);
  });

  it("gives a range of one value some room", () => {
    expect(linearScale(5, 5).position(5)).toBeCloseTo(0.5, 12);
  });
});

it("The colour scale runs from viridis's dark violet to its yellow", () => {
  expect([viridis(0), viridis(0.5), viridis(1)]).toEqual(["rgb(68,1,84)", "rgb(33,145,140)", "rgb(253,231,37)"]);
});

describe("Figures", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "asterism-figures-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const gauss = normal(3);
  const reference = Float64Array.from({ length: 300 }, () => 5000 + 600 * gauss());
  const label: LabelPredictions = {
    name: "teff",
    column: "T<eff>",
    unit: "K",
    reference,
    predicted: reference.map((value) => value + 80 * gauss()),
    error: new Float64Array(300).fill(80),
    before: reference.map(() => 5000),
  };

  it("are three files a label, finite everywhere, with names from outside escaped", async () => {
    const files = await writeFigures(folder, [label], "sos-mlp@1");
    expect(files.map((file) => path.basename(file))).toEqual(["teff-scatter.svg", "teff-errors.svg", "teff-coverage.svg"]);
    for (const file of files) {
      const svg = await readFile(file, "utf8");
      expect(svg).toContain("T&lt;eff&gt;");
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    }
    expect(await readFile(files[0]!, "utf8")).toMatch(/RMSE \d+\.\d K .* MAD \d+\.\d K \(mean\), \d+\.\d K \(median\) .* 300 stars/);
  });

  it("are drawn where there is no earlier estimate, and left out where no star has a reference", async () => {
    const unknown = new Float64Array(300).fill(Number.NaN);
    expect(await writeFigures(folder, [{ ...label, before: unknown }], "sos-mlp@1")).toHaveLength(3);
    expect(await writeFigures(folder, [{ ...label, reference: unknown }], "sos-mlp@1")).toEqual([]);
  });
});
