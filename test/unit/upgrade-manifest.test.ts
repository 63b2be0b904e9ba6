import { ownerOf } from "../../src/modalities/modalities";
import { upgradeManifest } from "../../src/models/registry/upgrade-manifest";
import { manifestDraft } from "../support/manifest";
import { OLD_MANIFEST } from "../support/old-model";

test("a manifest of format 1 reads as one of format 2: its labels are quantities, its modality that of its feature set", () => {
  const upgraded = upgradeManifest(OLD_MANIFEST, ownerOf);
  expect(upgraded).toMatchObject({
    format: 2,
    model: "old-sos",
    modality: "values",
    metric: { name: "rmse-ratio", value: 0.8, better: "lower" },
    featureSet: { name: "sos" },
  });
  expect(upgraded.outputs).toEqual([
    {
      kind: "quantity",
      name: "teff",
      unit: "K",
      column: "Teff",
      limits: [3500, 8000],
      test: { stars: 10, mean: 0, median: 0, sigma: 1, meanAbsoluteDeviation: 1, medianAbsoluteDeviation: 1, rmse: 1 },
      before: { stars: 10, mean: 0, median: 0, sigma: 1, meanAbsoluteDeviation: 1, medianAbsoluteDeviation: 1, rmse: 1 },
      coverage: { one: 0.68, two: null },
    },
  ]);
  expect(upgraded).not.toHaveProperty("labels");
});

test("a manifest of format 2 is left as it is", () => {
  const manifest = { ...manifestDraft(), format: 2, version: 1, createdAt: "2026-01-01T00:00:00Z" } as const;
  expect(upgradeManifest(manifest, ownerOf)).toBe(manifest);
});

test.each([
  ["sos", "values"],
  ["rrl-fourier", "light-curve"],
  ["rrl-relation-i-rrc", "fourier-parameters"],
  ["of-tomorrow", "unknown"],
])("the feature set %s is one of the modality %s", (featureSet, modality) => {
  expect(ownerOf(featureSet)).toBe(modality);
});
