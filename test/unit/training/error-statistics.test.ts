import { coverage, evaluateLabel, type LabelPredictions } from "../../../training/evaluation/error-statistics";
import { renderTable } from "../../../training/evaluation/table";

const LABEL: LabelPredictions = {
  name: "teff",
  column: "Teff",
  unit: "K",
  reference: Float64Array.of(5000, 4500, 6000, Number.NaN, 5500),
  predicted: Float64Array.of(5010, 4480, 6100, 5000, 5500),
  error: Float64Array.of(20, 15, 60, 10, 5),
  before: Float64Array.of(5200, 4500, Number.NaN, 5000, 5400),
};

describe("The evaluation of a label", () => {
  const evaluation = evaluateLabel(LABEL);

  it("takes predicted - reference of the stars that have a reference", () => {
    expect(evaluation.after).toMatchObject({ stars: 4, mean: 22.5, median: 5, meanAbsoluteDeviation: 32.5, medianAbsoluteDeviation: 15 });
    expect(evaluation.after.rmse).toBeCloseTo(Math.sqrt((100 + 400 + 10_000) / 4), 10);
    expect(evaluation.after.sigma ** 2 + evaluation.after.mean ** 2).toBeCloseTo(evaluation.after.rmse ** 2, 8);
  });

  it("takes the earlier estimate where there is one", () => {
    expect(evaluation.before).toMatchObject({ stars: 3, medianAbsoluteDeviation: 100, meanAbsoluteDeviation: 100 });
  });

  it("compares the two on the stars that have both", () => {
    expect(evaluation.ratio).toBeCloseTo(Math.sqrt((100 + 400) / 3) / Math.sqrt((40_000 + 10_000) / 3), 10);
    const refused = { ...LABEL, predicted: Float64Array.of(5010, Number.NaN, 6100, 5000, Number.NaN) };
    expect(evaluateLabel(refused).ratio).toBeCloseTo(10 / 200, 10);
  });

  it("counts as covered the stars within their own stated errors", () => {
    expect(evaluation.coverage).toBe(0.5);
    expect(coverage(LABEL, 2)).toBe(1);
  });

  it("is shown as the published tables are, after and before in pairs", () => {
    expect(renderTable([evaluation])).toBe(
      [
        "predicted - reference  Teff [K]  before",
        "---------------------------------------",
        "mean                       22.5    33.3",
        "median                      5.0     0.0",
        "sigma                      46.0   124.7",
        "MAD (mean absolute)        32.5   100.0",
        "MAD (median absolute)      15.0   100.0",
        "RMSE                       51.2   129.1",
        "ratio, the same stars     0.100",
        "R2                        0.992",
        "within 1 stated sigma     50.0%",
        "within 2 stated sigma    100.0%",
        "stars                         4       3",
      ].join("\n"),
    );
  });
});
