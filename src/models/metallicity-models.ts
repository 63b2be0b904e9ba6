import { LIGHT_CURVE } from "../modalities/light-curve/light-curve";
import { type QuantityOutput, quantitiesOf } from "./registry/output";
import type { ModelVersion } from "./registry/registry";

const fehOf = ({ manifest }: ModelVersion): QuantityOutput | undefined => quantitiesOf(manifest).find(({ name }) => name === "feh");

/** @returns whether a version predicts [Fe/H] from a light curve */
export const predictsMetallicity = (version: ModelVersion): boolean =>
  version.manifest.modality === LIGHT_CURVE.name && fehOf(version) !== undefined;

/** @returns the versions that predict [Fe/H] from light curves, ordered by error on their own test stars */
export const metallicityVersions = (versions: readonly ModelVersion[]): ModelVersion[] =>
  versions.filter(predictsMetallicity).sort((a, b) => fehOf(a)!.test.rmse - fehOf(b)!.test.rmse);
