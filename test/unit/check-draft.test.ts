import { checkDraft } from "../../src/models/registry/check-draft";
import type { ManifestDraft } from "../../src/models/registry/manifest";
import type { ClassesOutput } from "../../src/models/registry/output";
import { manifestDraft, TEFF } from "../support/manifest";
import { mixedDraft } from "../support/mixed-model";

const STATISTICS = { stars: 1, accuracy: 1, macroF1: 1, logLoss: 0, calibrationError: 0, confusion: [[1]] };
const classes = (...names: string[]): ClassesOutput => ({
  ...{ kind: "classes", name: "kind", column: "kind", classes: names },
  ...{ test: STATISTICS, before: STATISTICS },
});

test("drafts that serving can rely on are accepted", () => {
  expect(() => checkDraft(manifestDraft())).not.toThrow();
  expect(() => checkDraft(mixedDraft())).not.toThrow();
});

test.each<[what: string, over: Partial<ManifestDraft>, fault: string]>([
  ["no output", { outputs: [] }, "its outputs are not one or more different names"],
  ["two outputs of one name", { outputs: [TEFF, TEFF] }, "its outputs are not one or more different names: teff, teff"],
  ["a name that is no identifier", { outputs: [{ ...TEFF, name: "T eff" }] }, "up to 32 letters and digits, not 'T eff'"],
  ["limits that JSON cannot keep", { outputs: [{ ...TEFF, limits: [Number.NaN, 1] }] }, "the limits of teff are not a finite range"],
  ["a largest error of nothing", { outputs: [{ ...TEFF, largestError: 0 }] }, "the largest error of teff is 0"],
  ["one class", { outputs: [classes("dwarf")] }, "kind has not two or more different classes"],
  ["a class twice", { outputs: [classes("dwarf", "dwarf")] }, "kind has not two or more different classes"],
  ["a class of no character", { outputs: [classes("dwarf", "")] }, "a class of kind is not 1 to 64 printable characters"],
  ["a vector of no length", { outputs: [{ kind: "vector", name: "space", length: 0, description: "" }] }, "the length of space is 0"],
  ["a metric that is no number", { metric: { name: "accuracy", value: Number.NaN, better: "higher" } }, "its accuracy is NaN"],
  ["a column twice", { columns: [1, 2].map(() => ({ name: "g", unit: "mag", description: "" })) }, "one or more different names: g, g"],
  ["a column called as the one tensor is", { columns: [{ name: "inputs", unit: "-", description: "" }] }, "a column is called 'inputs'"],
  ["an impossible reach", { farthest: -1 }, "stars are refused beyond -1"],
  ["no modality", { modality: "" }, "its modality is not named"],
])("a draft with %s is refused", (_what, over, fault) => {
  expect(() => checkDraft(manifestDraft(over))).toThrow(fault);
});
