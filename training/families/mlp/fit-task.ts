import type { LossName } from "../../tensorflow/loss";
import type { MlpActivation } from "./mlp";
import type { MlpWeights } from "./mlp-weights";

export interface FitSettings {
  readonly width: number;
  readonly depth: number;
  readonly activation: MlpActivation;
  readonly dropout: number;
  readonly loss: LossName;
  readonly batchSize: number;
  readonly epochs: number;
  /** epochs without a better validation loss after which the fit ends */
  readonly patience: number;
  /** at its highest; it rises over the first twentieth and falls to zero as a cosine */
  readonly learningRate: number;
  readonly weightDecay: number;
  /** of the running average of the weights, which is what is validated and kept; 0 keeps the last weights */
  readonly averaging: number;
}

/** One network to fit: all the stars' inputs, one label, and which stars to use how. */
export interface FitTask {
  /** [stars, columns] of order one: values and NaN flags */
  readonly inputs: Float32Array;
  readonly columns: number;
  /** [stars] of order one; only those of the two lists are read */
  readonly label: Float32Array;
  readonly train: Int32Array;
  readonly validation: Int32Array;
  readonly settings: FitSettings;
  readonly seed: number;
}

export interface FitResult {
  readonly weights: MlpWeights;
  readonly epochs: number;
  readonly bestEpoch: number;
  readonly validationLoss: number;
}
