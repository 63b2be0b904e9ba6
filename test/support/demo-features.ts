import type { FeatureSet } from "../../src/features/feature-set";
import { FEATURE_SETS } from "../../src/features/feature-sets";
import { MODALITIES } from "../../src/modalities/modalities";
import type { Modality } from "../../src/modalities/modality";
import { VALUES, valuesOf } from "../../src/modalities/values/values";
import { linearModel } from "./linear-model";
import { manifestDraft } from "./manifest";

/** bpRp = BP - RP [mag] and parallax [mas], as the draft of manifestDraft names them. */
export const DEMO_FEATURES: FeatureSet = {
  name: "demo-inputs",
  inputs: manifestDraft().featureSet.inputs,
  columns: ["photBpMeanMag", "photRpMeanMag", "parallax"],
  compute: ({ photBpMeanMag, photRpMeanMag, parallax }) =>
    Float64Array.of((photBpMeanMag ?? Number.NaN) - (photRpMeanMag ?? Number.NaN), parallax ?? Number.NaN),
};

/** What versions of the tests may look at: as the server's, and the demo features. */
export const TEST_MODALITIES: readonly Modality[] = [
  valuesOf([...FEATURE_SETS, DEMO_FEATURES]),
  ...MODALITIES.filter(({ name }) => name !== VALUES.name),
];

/** teff = 6000 - 1000 bpRp + 10 parallax, to 90 K. */
export const DEMO_ONNX = linearModel([{ name: "teff", offset: 6000, slopes: [-1000, 10], error: 90 }]);
