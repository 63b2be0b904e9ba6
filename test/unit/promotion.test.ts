import { figuresApart, previousChampion, promotionRefusal } from "../../src/models/registry/promotion";
import { manifestDraft } from "../support/manifest";

const REAL = { ...manifestDraft(), version: 1 };
const better = { ...REAL, version: 2, metric: { name: "rmse-ratio", value: 0.7, better: "lower" } } as const;

test("a version that is better on the same test stars may replace the champion", () => {
  expect(promotionRefusal(REAL, better)).toBeNull();
});

test.each([
  ["equally good", { metric: { name: "rmse-ratio", value: 0.8, better: "lower" } }, "must be below"],
  ["without a figure", { metric: { name: "rmse-ratio", value: Number.NaN, better: "lower" } }, "must be below"],
  ["tested on other stars", { data: { ...REAL.data, testSha256: "b" } }, "tested on different stars"],
  ["trained on a synthetic sky", { data: { ...REAL.data, synthetic: true } }, "synthetic sky"],
  ["for other labels", { outputs: [{ ...REAL.outputs[0]!, name: "logg" }] }, "it predicts logg"],
] as const)("a version %s may not", (_case, change, why) => {
  expect(promotionRefusal(REAL, { ...better, ...change })).toContain(why);
});

test("where higher is better, a version must be above the champion", () => {
  const accuracy = (version: number, value: number) =>
    ({ ...REAL, version, metric: { name: "accuracy", value, better: "higher" } }) as const;
  expect(promotionRefusal(accuracy(1, 0.8), accuracy(2, 0.9))).toBeNull();
  expect(promotionRefusal(accuracy(1, 0.8), accuracy(2, 0.7))).toContain("its accuracy is 0.7, and must be above the champion's 0.8");
  expect(promotionRefusal(accuracy(1, 0.8), { ...accuracy(2, 0.7), metric: { name: "accuracy", value: 0.7, better: "lower" } })).toContain(
    "lower is better",
  );
});

test("a version trained on real stars replaces a synthetic champion whatever the figures", () => {
  const synthetic = {
    ...REAL,
    data: { ...REAL.data, synthetic: true, testSha256: "s" },
    metric: { name: "rmse-ratio", value: 0.1, better: "lower" },
  } as const;
  expect(promotionRefusal(synthetic, better)).toBeNull();
});

test("figures are told by three significant digits, and by more only where they would look alike", () => {
  expect(figuresApart(0.5432198765432101, 0.6)).toEqual(["0.543", "0.6"]);
  expect(figuresApart(0.5432198765432101, 0.5432901)).toEqual(["0.5432", "0.5433"]);
  expect(figuresApart(0.1 + 0.2, 0.3)).toEqual(["0.30000000000000004", "0.3"]);
  expect(figuresApart(0.5432, 0.5432)).toEqual(["0.543", "0.543"]);
  expect(figuresApart(Number.NaN, 0.8)).toEqual(["NaN", "0.8"]);
});

test("two rollbacks go two champions back", () => {
  const moves = [
    { kind: "registered", to: 1 },
    { kind: "promoted", to: 2 },
    { kind: "forced", to: 3 },
  ] as const;
  expect(previousChampion(moves)).toBe(2);
  expect(previousChampion([...moves, { kind: "rolled-back", to: 2 }])).toBe(1);
  expect(previousChampion([...moves, { kind: "rolled-back", to: 2 }, { kind: "rolled-back", to: 1 }])).toBeNull();
});
