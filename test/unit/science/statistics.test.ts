import { mean, median, quantile, rootMeanSquare, standardDeviation } from "../../../src/science/statistics";

// Reference values: numpy 2.3 of the same list.
const SAMPLE = Float64Array.of(3.1, -1.2, 0.4, 7.9, 2.2, -5.6, 0.1, 1.8);

describe("Statistics of a sample", () => {
  it("equal numpy's", () => {
    expect(mean(SAMPLE)).toBeCloseTo(1.0875, 12);
    expect(standardDeviation(SAMPLE)).toBeCloseTo(3.598762808243967, 12);
    expect(rootMeanSquare(SAMPLE)).toBeCloseTo(3.759487997054918, 12);
    expect(median(SAMPLE)).toBeCloseTo(1.1, 12);
    expect(quantile(SAMPLE, 0.16)).toBeCloseTo(-1.044, 12);
  });

  it("leave the sample in its order", () => {
    const sample = Float64Array.of(3, 1, 2);
    median(sample);
    expect(sample).toEqual(Float64Array.of(3, 1, 2));
  });

  it("are NaN of nothing", () => {
    const empty = new Float64Array();
    expect([mean, median, standardDeviation, rootMeanSquare].map((statistic) => statistic(empty))).toEqual([NaN, NaN, NaN, NaN]);
  });
});
