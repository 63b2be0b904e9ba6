import type { Settings } from "../../fit/family";
import { wholeNumber } from "../../fit/settings";

/** A kernel over the inputs that are left where some are missing. */
export interface GpKernel {
  /** [columns] 1 where the input is missing */
  readonly gap: Uint8Array;
  /** [2 columns] 1 / length^2 of each prepared input; 0 where it is not looked at */
  readonly metric: Float64Array;
  /** variance of the function, of order one */
  readonly amplitude: number;
  /** variance of the labels about it */
  readonly noise: number;
}

export interface GpSettings {
  readonly stars: number;
  readonly inducing: number;
  readonly kernelStars: number;
  readonly kernelSteps: number;
  readonly gaps: number;
  /** what is chosen once for a target */
  readonly chosen?: {
    /** whether the process is exact, in all fits alike */
    readonly isExact: boolean;
    /** one a gap */
    readonly kernels: readonly GpKernel[];
  };
}

/** What a study may set. */
export type GpChoices = Omit<GpSettings, "chosen">;

export const GP_SETTINGS: Settings<GpChoices> = {
  stars: wholeNumber("most stars for which the process is exact: time grows with their cube", [20, 6000], 3500),
  inducing: wholeNumber("of more stars, as many drawn at random carry what all say (subset of regressors)", [20, 3000], 900),
  kernelStars: wholeNumber("stars by which the lengths of the kernel are found", [20, 3000], 500),
  kernelSteps: wholeNumber("steps in which they are found", [1, 500], 25),
  gaps: wholeNumber("sets of missing inputs that get a kernel of their own, the most frequent first", [1, 30], 6),
};
