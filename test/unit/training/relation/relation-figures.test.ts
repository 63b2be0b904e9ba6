import { cornerFigure } from "../../../../training/evaluation/figures/corner";
import { featureSelectionFigure } from "../../../../training/selection/feature-selection-figure";
import { normal } from "../../../support/random";

const isWhole = (svg: string) => svg.startsWith("<svg") && svg.endsWith("</svg>\n") && !/NaN|Infinity|undefined/.test(svg);

describe("A corner plot", () => {
  const gauss = normal(5);
  const first = Float64Array.from({ length: 3000 }, () => 2 + 0.1 * gauss());
  const second = first.map((value) => 10 * value + 0.5 * gauss());
  const parameters = [
    { name: "a<b", draws: first },
    { name: "second", draws: second },
    { name: "third", draws: first.map(() => gauss()) },
  ];
  const svg = cornerFigure(parameters, "a model", { name: "a paper", values: [2, 20, Number.NaN] });

  it("has a panel for each parameter and each pair, every name, and what each is with its error", () => {
    expect(isWhole(svg)).toBe(true);
    expect(svg.match(/<clipPath/g)).toHaveLength(3);
    expect(svg).toContain("a&lt;b");
    expect(svg).toMatch(/2\.0\d+ \u00b1 0\.1\d+|1\.9\d+ \u00b1 0\.\d+|2\.0\d+ \u00b1 0\.0\d+/);
  });

  it("marks a published value where there is one, and only in panels that have both", () => {
    expect(svg).toContain("dashed red: a paper");
    expect(svg.match(/stroke-dasharray="4 3"/g)).toHaveLength(2);
  });

  it("stands draws that never moved", () => {
    expect(isWhole(cornerFigure([parameters[0]!, { name: "still", draws: new Float64Array(3000) }], "t"))).toBe(true);
  });
});

test("A figure of a feature selection names every feature, and every step in and out", () => {
  const scores = ["period", "phi31"].map((name, at) => ({ name, f: 100 - at, mutualInformation: 0.3 }));
  const forward = scores.map(({ name }, at) => ({ feature: name, size: at + 1, rmse: 0.4 - 0.2 * at }));
  const svg = featureSelectionFigure({ scores, forward, backward: [{ feature: "phi31", size: 1, rmse: 0.4 }] }, "Which", "2 stars");
  expect(isWhole(svg)).toBe(true);
  for (const text of [">period<", ">phi31<", ">+period<", ">+phi31<", ">\u2212phi31<"]) expect(svg).toContain(text);
});
