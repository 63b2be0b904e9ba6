import { lightCurveFeatureSet } from "../../src/features/light-curve/feature-sets";
import type { ModelVersion, Registry } from "../../src/models/registry/registry";
import { linearModel } from "./linear-model";
import { FEH, manifestDraft } from "./manifest";

/** A model of light curves whose answer can be worked out by hand: [Fe/H] = 1 - 4 P, +- 0.2, whatever the shape. */
export function registerMetallicityModel(registry: Registry): Promise<ModelVersion> {
  const features = lightCurveFeatureSet("rrl-fourier");
  const slopes = features.inputs.map(({ name }) => (name === "period" ? -4 : 0));
  const draft = manifestDraft({ model: "rrl-test", featureSet: { name: features.name, inputs: features.inputs } });
  const ones = features.inputs.map(() => 1);
  return registry.register(
    {
      ...draft,
      modality: "light-curve",
      outputs: [FEH],
      normalisation: { mean: ones, scale: ones },
      limits: features.inputs.map(({ name }) => (name === "period" ? [0.3, 0.9] : [-1e3, 1e3])),
    },
    linearModel([{ name: "feh", offset: 1, slopes, error: 0.2 }]),
  );
}
