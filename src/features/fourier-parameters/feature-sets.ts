import type { Input } from "../feature-set";
import { relationInputs, type WrapCentre } from "../light-curve/relation-inputs";

/** How a star pulsates: in the fundamental mode, or in the first overtone. */
export type PulsationType = "RRab" | "RRc";

/**
 * The band of the tables of Fourier parameters. They do not name it; the mean magnitudes are those of I (X Ari 8.85, RR Cet
 * 9.24: in V they are 9.57 and 9.73), and the I-band relation of Dekany et al. 2021 has its published mean absolute error of
 * 0.158 dex on them, while the V-band one of Jurcsik & Kovacs 1996 is off by 1.27 dex.
 */
export const BAND = "I";

/** [rad] Those of phi31 are Dekany et al. 2021's (ApJ 920, 33). */
export const WRAP_CENTRE: Readonly<Record<PulsationType, WrapCentre>> = {
  RRab: { phi21: 2.6, phi31: 5.88 },
  RRc: { phi21: 2.9, phi31: 6.83 },
};

/** Inputs that a table of Fourier parameters holds as they are. The name carries band and type: a model refuses another's. */
export interface FourierFeatureSet {
  readonly name: string;
  readonly type: PulsationType;
  readonly inputs: readonly Input[];
}

const featureSetOf = (type: PulsationType, name: string): FourierFeatureSet => ({ name, type, inputs: relationInputs(WRAP_CENTRE[type]) });

const BY_TYPE: Readonly<Record<PulsationType, FourierFeatureSet>> = {
  RRab: featureSetOf("RRab", "rrl-relation-i"),
  RRc: featureSetOf("RRc", "rrl-relation-i-rrc"),
};

export const FOURIER_FEATURE_SETS: readonly FourierFeatureSet[] = Object.values(BY_TYPE);

/** @returns the inputs of stars of a type */
export const fourierFeatures = (type: PulsationType): FourierFeatureSet => BY_TYPE[type];
