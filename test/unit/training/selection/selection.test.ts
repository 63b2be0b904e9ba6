import { cleanSample } from "../../../../training/datasets/clean-sample";
import { CrossValidatedError } from "../../../../training/selection/cross-validated-error";
import { correlation, partialCorrelation } from "../../../../training/selection/f-test";
import { mutualInformation } from "../../../../training/selection/mutual-information";
import { scoreFeatures, selectKBest } from "../../../../training/selection/select-k-best";
import { chosenBy, selectBackward, selectForward } from "../../../../training/selection/sequential-selection";

const STARS = 200;
const NAMES = ["a", "b", "c", "d", "e"];

/** Five features and a label from a linear congruential generator, which any language can repeat: y = 2a - 1.5b + 3c^2 + e, d follows a. */
function table() {
  let state = 7;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  const draw = () => uniform() + uniform() + uniform() + uniform() - 2;
  const rows = Array.from({ length: STARS }, () => NAMES.map(draw));
  const [a, b, c, d, e] = NAMES.map((_, at) => Float64Array.from(rows, (row) => row[at]!));
  const label = a!.map((value, star) => 2 * value - 1.5 * b![star]! + 3 * c![star]! ** 2 + 0.5 * draw());
  return { names: NAMES, columns: [a!, b!, c!, d!.map((value, star) => a![star]! + 0.5 * value), e!], label };
}

const FEATURES = table();
const FOLD = Int32Array.from({ length: STARS }, (_, star) => star % 5);

describe("Scores of single features", () => {
  const scores = scoreFeatures(FEATURES);

  it("are those of scikit-learn's f_regression", () => {
    const golden = [154.32132574034895, 39.65386118868071, 0.6680440202827702, 92.27626817269847, 0.38768381221258186];
    scores.forEach(({ f }, at) => {
      expect(f / golden[at]!).toBeCloseTo(1, 9);
    });
  });

  it("are those of scikit-learn's mutual_info_regression, which sees the parabola that the F-test does not", () => {
    const golden = [0.3137614212658604, 0.13448406465775298, 0.19421101544881392, 0.18089978854084787, 0.009501272748452916];
    scores.forEach((score, at) => {
      expect(score.mutualInformation).toBeCloseTo(golden[at]!, 6);
    });
    expect(selectKBest(scores, 2, "f")).toEqual(["a", "d"]);
    expect(selectKBest(scores, 2, "mutualInformation")).toEqual(["a", "c"]);
  });

  it("stand equal values, as rounded tables have them", () => {
    const rounded = FEATURES.columns[0]!.map((value) => Math.round(value * 5) / 5);
    expect(mutualInformation(rounded, FEATURES.label)).toBeGreaterThan(0.2);
    expect(mutualInformation(new Float64Array(STARS).fill(1), FEATURES.label)).toBeLessThan(0.1);
  });
});

describe("Sequential selection", () => {
  const error = new CrossValidatedError(FEATURES, FOLD, 5);
  const forward = selectForward(NAMES, error);
  const backward = selectBackward(NAMES, error);

  // SequentialFeatureSelector(LinearRegression(), cv=PredefinedSplit(star % 5), scoring="neg_mean_squared_error")
  const GOLDEN = [
    { features: ["a"], rmse: 1.3623653252858596 },
    { features: ["a", "b"], rmse: 1.1162177590489792 },
    { features: ["a", "b", "c"], rmse: 1.107811431050912 },
    { features: ["a", "b", "c", "d"], rmse: 1.1112032868794384 },
  ];

  it.each(GOLDEN)("chooses $features as scikit-learn does, with the same cross-validated error", ({ features, rmse }) => {
    const k = features.length;
    expect([...chosenBy("forward", forward, NAMES, k)].sort()).toEqual(features);
    expect(chosenBy("backward", backward, NAMES, k)).toEqual(features);
    expect(forward[k - 1]!.rmse).toBeCloseTo(rmse, 9);
    expect(backward.find(({ size }) => size === k)?.rmse).toBeCloseTo(rmse, 9);
  });

  it("never takes a feature that says what another said already", () => {
    const twice = { ...FEATURES, names: [...NAMES, "again"], columns: [...FEATURES.columns, FEATURES.columns[0]!] };
    expect(selectForward(twice.names, new CrossValidatedError(twice, FOLD, 5)).at(-1)).toMatchObject({
      feature: "again",
      rmse: Number.POSITIVE_INFINITY,
    });
  });
});

test("A partial correlation is that of what a third quantity leaves", () => {
  const [a, , , d] = FEATURES.columns;
  const rest = d!.map((value, star) => value - a![star]!);
  expect(Math.abs(partialCorrelation(d!, FEATURES.label, a!))).toBeLessThan(0.15);
  expect(partialCorrelation(d!, rest, a!)).toBeCloseTo(correlation(rest, rest), 6);
});

test("A clean sample counts what each cut costs, in order", () => {
  const { rows, losses } = cleanSample(
    [1, 2, 3, 4, 5, 6],
    [
      { name: "even", keeps: (row) => row % 2 === 0 },
      { name: "above 3", keeps: (row) => row > 3 },
    ],
  );
  expect(rows).toEqual([4, 6]);
  expect(losses).toEqual([
    { cut: "even", lost: 3, left: 3 },
    { cut: "above 3", lost: 1, left: 2 },
  ]);
});
