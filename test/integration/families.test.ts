import { AppError } from "../../src/errors";
import { mean, rootMeanSquare } from "../../src/science/statistics";
import { FAMILIES, familyNamed } from "../../training/families/families";
import type { Family, FitWatch } from "../../training/fit/family";
import type { FittedTarget } from "../../training/fit/fit-plan";
import { fitTarget } from "../../training/fit/fit-target";
import { type OpenFamilies, openFamilies, type WantedFamily } from "../../training/fit/open-families";
import { COLUMNS, conditionsWithout, type FamilySample, familySample } from "../support/family-sample";
import { runFitted } from "../support/run-fitted";
import { describeXgboost } from "../support/xgboost";

/** Standard settings take minutes in some families: less will do to see that a family works. */
const QUICK: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  mlp: { epochs: 20, width: 24, depth: 2, networks: 2, batchSize: 32, learningRate: 0.01 },
  xgboost: { rounds: 150, learningRate: 0.1 },
  forest: { trees: 30 },
  gp: { kernelStars: 120, kernelSteps: 12, gaps: 4 },
  svr: { gamma: 0.05, cost: 30, stars: 300 },
};

const NEED_XGBOOST = ["xgboost", "forest"];

const patient: FitWatch = { onProgress: () => undefined, interrupt: new AbortController().signal };

const openWanted = (wanted: readonly WantedFamily[], threads: number): Promise<OpenFamilies> =>
  openFamilies(wanted, 360, { backend: "wasm", threads, xgboostLibrary: process.env.ASTERISM_XGBOOST_LIBRARY ?? null });

function train(
  { families }: OpenFamilies,
  { sample, quantity, classes }: FamilySample,
  kind: "quantity" | "classes",
  watch = patient,
): Promise<FittedTarget> {
  return fitTarget({ families, sample, target: kind === "quantity" ? quantity : classes, seed: 1, watch });
}

const training = familySample(120, 1);
const unseen = familySample(200, 2);

/** What is said of the unseen stars: with all inputs (-1), without group 0, or without group 1. */
async function answersOf(fitted: FittedTarget, group: number) {
  const rows = Int32Array.from(unseen.sample.fold.keys()).filter((row) => row % 3 === group + 1);
  const raw = Float32Array.from([...rows].flatMap((row) => Array.from(unseen.sample.raw.subarray(row * COLUMNS, (row + 1) * COLUMNS))));
  const conditions = Float32Array.from([...rows].flatMap(() => conditionsWithout(group)));
  return { rows, raw, conditions, said: await runFitted(fitted, training.normalisation, raw, conditions) };
}

async function judge(fitted: FittedTarget, group: number) {
  const { rows, said } = await answersOf(fitted, group);
  const residuals = Float64Array.from(rows, (row, at) => said.value![at]! - unseen.quantity.reference[row]!);
  return {
    rmse: rootMeanSquare(residuals),
    error: mean(said.error!),
    covered: mean(Float64Array.from(residuals, (residual, at) => Number(Math.abs(residual) < said.error![at]!))),
  };
}

/** The label's scatter: what a family misses stars by that has learned nothing. */
const SCATTER = 440;

const describeFamily = (name: string) => (NEED_XGBOOST.includes(name) ? describeXgboost : describe);

for (const family of FAMILIES) {
  const wanted: WantedFamily = { family, settings: QUICK[family.name] ?? {} };

  describeFamily(family.name)(`The family ${family.name}`, () => {
    let open: OpenFamilies;
    let alone: OpenFamilies;
    let fitted: FittedTarget;
    beforeAll(async () => {
      [open, alone] = [await openWanted([wanted], 2), await openWanted([wanted], 1)];
      fitted = await train(open, training, "quantity");
    });
    afterAll(async () => {
      await Promise.all([open, alone].map((one) => one.close()));
    });

    it("learns it: stars that it never saw are missed by far less than they scatter", async () => {
      expect((await judge(fitted, -1)).rmse).toBeLessThan(0.4 * SCATTER);
    });

    it("states errors that grow when the group of inputs is missing that tells most, and still cover", async () => {
      const [whole, gap] = [await judge(fitted, -1), await judge(fitted, 0)];
      expect(gap.error).toBeGreaterThan(1.3 * whole.error);
      expect(gap.rmse).toBeLessThan(0.75 * SCATTER);
      for (const { covered } of [whole, gap]) {
        expect(covered).toBeGreaterThan(0.52);
        expect(covered).toBeLessThan(0.88);
      }
    });

    it("says of each training star what fits say that the star had no part in", () => {
      if (fitted.kind !== "quantity") throw new Error("not a quantity");
      const { value, error } = fitted.outOfFold;
      const residuals = value.map((one, row) => one - training.quantity.reference[row]!);
      expect(rootMeanSquare(residuals)).toBeLessThan(0.55 * SCATTER);
      const covered = mean(residuals.map((residual, row) => Number(Math.abs(residual) < error[row]!)));
      expect(covered).toBeGreaterThan(0.62);
      expect(covered).toBeLessThan(0.76);
    });

    it("answers a star alone as it does among others, and one of which nothing is known with a finite number", async () => {
      const { raw, conditions, said } = await answersOf(fitted, 0);
      const alone = await runFitted(fitted, training.normalisation, raw.slice(0, COLUMNS), conditions.slice(0, 2));
      expect(alone.value![0]! / said.value![0]!).toBeCloseTo(1, 5);
      expect(alone.error![0]! / said.error![0]!).toBeCloseTo(1, 4);
      const nothing = await runFitted(fitted, training.normalisation, new Float32Array(COLUMNS).fill(Number.NaN), Float32Array.of(1, 1));
      expect([nothing.value![0], nothing.error![0]].every(Number.isFinite)).toBe(true);
      expect(nothing.error![0]!).toBeGreaterThan(0);
    });

    it("repeats itself with the same seed, however many threads there are", async () => {
      const again = await train(alone, training, "quantity");
      expect((await answersOf(again, 1)).said).toEqual((await answersOf(fitted, 1)).said);
    });

    it("is interrupted at once, and still answers", async () => {
      const interrupt = AbortSignal.abort();
      const short = await train(alone, training, "quantity", { onProgress: () => undefined, interrupt });
      const { said } = await answersOf(short, -1);
      expect([...said.value!, ...said.error!].every(Number.isFinite)).toBe(true);
    });

    it("tells how far it is, from nothing to all", async () => {
      const shares: number[] = [];
      const onProgress = (share: number) => shares.push(share);
      await train(open, familySample(12, 3), "quantity", { ...patient, onProgress });
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
      expect(shares.at(-1)).toBe(1);
      expect(shares).toEqual([...shares].sort((a, b) => a - b));
    });

    it("gives probabilities that add up to one, and are right about as often as they say", async () => {
      const { rows, said } = await answersOf(await train(open, training, "classes"), -1);
      const each = Array.from(rows, (row, at) => ({
        of: [...said.probabilities!.subarray(3 * at, 3 * at + 3)],
        known: unseen.classes.reference[row]!,
      }));
      for (const { of } of each) expect(of.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 5);
      const right = mean(each.map(({ of, known }) => Number(of.indexOf(Math.max(...of)) === known)));
      expect(right).toBeGreaterThan(0.72);
      expect(Math.abs(mean(each.map(({ of }) => Math.max(...of))) - right)).toBeLessThan(0.12);
    });
  });

  describe(`The settings of ${family.name}`, () => {
    const open = (settings: Record<string, unknown>) =>
      openFamilies([{ family, settings }], 100, { backend: "wasm", threads: 1, xgboostLibrary: null });
    const [first] = Object.keys(family.settings);

    it("are refused by name, with those that there are", async () => {
      const refused = await open({ nonsense: 1 }).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(AppError);
      expect((refused as AppError).message).toContain(`The family ${family.name} has no setting 'nonsense'. It has ${first}`);
    });

    it("are refused by value, with what is wanted and what came", async () => {
      await expect(open({ [first!]: "nonsense" })).rejects.toThrow(
        new RegExp(`The setting ${first} of ${family.name} takes .*not 'nonsense'`),
      );
    });

    it("take what is standard where nothing is given", () => {
      for (const setting of Object.values((family as Family<Record<string, never>>).settings)) {
        const standard = setting.standard(5000);
        expect(setting.parse(standard)).toEqual(standard);
        expect(setting.description.length).toBeGreaterThan(10);
      }
    });
  });
}

describe("A stack of families", () => {
  let open: OpenFamilies;
  beforeAll(async () => {
    open = await openWanted(
      ["nearest", "linear"].map((name) => ({ family: familyNamed(name), settings: {} })),
      1,
    );
  });
  afterAll(() => open.close());

  it("is as good as the best of them, or better, and weighs them so that all weights add up to one", async () => {
    const alone = await Promise.all(open.families.map((one) => train({ ...open, families: [one] }, training, "quantity")));
    const stack = await train(open, training, "quantity");
    const [best, together] = [alone, [stack]].map((ones) => Math.min(...ones.map(({ notes }) => Number(notes.outOfFoldRmse))));
    expect(together).toBeLessThan(1.01 * best!);
    const weights = Object.entries(stack.notes).filter(([name]) => name.startsWith("weight of"));
    expect(weights.map(([name]) => name)).toEqual(["weight of nearest", "weight of linear"]);
    expect(weights.reduce((sum, [, weight]) => sum + Number(weight), 0)).toBeCloseTo(1, 6);
    const { covered } = await judge(stack, -1);
    expect(covered).toBeGreaterThan(0.55);
    expect(covered).toBeLessThan(0.85);
  });

  it("gives probabilities that add up to one", async () => {
    const { said } = await answersOf(await train(open, training, "classes"), 0);
    const sums = Array.from({ length: said.probabilities!.length / 3 }, (_, at) => said.probabilities!.subarray(3 * at, 3 * at + 3));
    for (const three of sums) expect(three.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 5);
  });
});

test("one fit for all sets of missing inputs still states errors that grow and cover", async () => {
  const open = await openWanted([{ family: familyNamed("linear"), settings: {} }], 1);
  const { sample, quantity } = training;
  const fitted = await fitTarget({ families: open.families, sample, target: quantity, seed: 1, watch: patient, apart: 1 });
  await open.close();
  const [whole, gap] = [await judge(fitted, -1), await judge(fitted, 0)];
  expect(fitted.notes.gaps).toBeUndefined();
  expect(gap.error).toBeGreaterThan(1.1 * whole.error);
  for (const { covered } of [whole, gap]) expect(Math.abs(covered - 0.69)).toBeLessThan(0.15);
});

test("a family that does not exist is refused with the names of those that do", () => {
  expect(() => familyNamed("oracle")).toThrow(/There is no family 'oracle'. Choose one of .*linear/);
});

test("a label that hardly any star has is refused in words", async () => {
  const few = familySample(120, 1);
  few.quantity.reference.fill(Number.NaN, 10);
  const open = await openWanted([{ family: familyNamed("linear"), settings: {} }], 1);
  await expect(train(open, few, "quantity")).rejects.toThrow("teff is known of 10 stars; training needs 20 at least.");
  await open.close();
});
