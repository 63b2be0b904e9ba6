import type { ManifestDraft } from "../../src/models/registry/manifest";
import type { QuantityOutput } from "../../src/models/registry/output";

const NO_ERROR = { stars: 10, mean: 0, median: 0, sigma: 1, meanAbsoluteDeviation: 1, medianAbsoluteDeviation: 1, rmse: 1 };

/** teff [K]. */
export const TEFF: QuantityOutput = {
  kind: "quantity",
  name: "teff",
  unit: "K",
  column: "Teff",
  limits: [3500, 8000],
  test: NO_ERROR,
  before: NO_ERROR,
  coverage: { one: 0.68, two: 0.95 },
};

/** [Fe/H] [dex]. */
export const FEH: QuantityOutput = { ...TEFF, name: "feh", unit: "dex", column: "feh", limits: [-3, 0.5] };

/** A whole draft with two inputs (bpRp [mag] and parallax [mas]) and one label (teff [K]); `over` replaces what a test is about. */
export function manifestDraft(over: Partial<ManifestDraft> = {}): ManifestDraft {
  return {
    model: "demo",
    recipe: "demo-recipe",
    featureSet: {
      name: "demo-inputs",
      inputs: [
        { name: "bpRp", unit: "mag", description: "BP - RP" },
        { name: "parallax", unit: "mas", description: "parallax" },
      ],
    },
    normalisation: { mean: [0.8, 1], scale: [0.4, 2] },
    limits: [
      [0, 2],
      [0.1, 10],
    ],
    modality: "values",
    outputs: [TEFF],
    members: 1,
    seed: 1,
    settings: {},
    data: {
      source: "catalogue",
      path: null,
      layout: "catalogue",
      idColumn: "source_id",
      sha256: "0".repeat(64),
      synthetic: false,
      stars: { train: 80, validation: 10, test: 10 },
      testSha256: "a".repeat(64),
    },
    metric: { name: "rmse-ratio", value: 0.8, better: "lower" },
    backend: "cpu",
    libraries: {},
    commit: null,
    ...over,
  };
}
