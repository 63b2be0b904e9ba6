import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { viridis } from "../../../src/figures/colour-map";
import { linearScale, logScale } from "../../../src/figures/scale";
import { mean } from "../../../src/science/statistics";
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

  /** Centres of the cells of a density [pixel]: polygons in colours of its scale. */
  const cellsOf = (svg: string) =>
    [...svg.matchAll(/<polygon points="([^"]+)" fill="rgb/g)].map(([, points = ""]) => {
      const corners = points.split(" ").map((corner) => corner.split(",").map(Number));
      return [0, 1].map((axis) => mean(Float64Array.from(corners, (corner) => corner[axis]!))) as [number, number];
    });

  it("show every star where its reference and its prediction are", async () => {
    const references = Float64Array.from({ length: 300 }, (_, star) => [4000, 5000, 6000][star % 3]!);
    const predicted = Float64Array.from({ length: 300 }, (_, star) => [4000, 5500, 6000][star % 3]!);
    const [file] = await writeFigures(
      folder,
      [{ ...label, reference: references, predicted, error: references.map(() => 80), before: references.map(() => 5000) }],
      "few@1",
    );
    const svg = await readFile(file!, "utf8");
    const scale = linearScale(4000, 6000, { padding: 0.05 });
    const [at, end] = [(value: number) => 520 * scale.position(value), 72 + 520];
    const wanted = [4000, 5000, 6000].map((value, star) => [92 + at(value), end - at([4000, 5500, 6000][star]!)] as const);
    const cells = cellsOf(svg).sort(([a], [b]) => a - b);
    expect(cells).toHaveLength(3);
    // A cell is 520 / 36 pixels wide.
    for (const [star, [x, y]] of wanted.entries()) expect(Math.hypot(cells[star]![0] - x, cells[star]![1] - y)).toBeLessThan(520 / 36);
  });

  it("show the stars' errors before and after, and the stated errors against them", async () => {
    const [, errors, coverage] = await Promise.all(
      (await writeFigures(folder, [label], "sos-mlp@1")).map((file) => readFile(file, "utf8")),
    );
    const outlines = [...errors!.matchAll(/<polygon points="([^"]+)" fill="#/g)].map(
      ([, points = ""]) => new Set(points.split(" ").map((one) => one.split(",")[1])),
    );
    expect(outlines).toHaveLength(2);
    for (const heights of outlines) expect(heights.size).toBeGreaterThan(10);
    expect(cellsOf(coverage!).length).toBeGreaterThan(15);
    expect(coverage).toMatch(/<circle [^>]*stroke=/);
    expect(coverage).toMatch(/within 1\u03c3: (6[2-9]|7[0-5])\.\d%/);
  });

  it("are drawn where there is no earlier estimate, and left out where no star has a reference", async () => {
    const unknown = new Float64Array(300).fill(Number.NaN);
    expect(await writeFigures(folder, [{ ...label, before: unknown }], "sos-mlp@1")).toHaveLength(3);
    expect(await writeFigures(folder, [{ ...label, reference: unknown }], "sos-mlp@1")).toEqual([]);
  });
});
