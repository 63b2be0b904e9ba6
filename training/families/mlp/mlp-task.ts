import type { NetworkFit, NetworkSettings, NetworkTask } from "../../tensorflow/network-task";
import type { MlpActivation } from "./mlp";
import type { MlpWeights } from "./mlp-weights";

export interface MlpFitSettings extends NetworkSettings {
  readonly width: number;
  readonly depth: number;
  readonly activation: MlpActivation;
  readonly dropout: number;
}

export interface MlpTask extends NetworkTask<MlpFitSettings> {
  /** of a network on classes; absent: the label is a quantity */
  readonly classes?: number;
}

export type MlpFit = NetworkFit<MlpWeights>;
