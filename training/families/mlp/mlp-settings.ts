import type { Settings } from "../../fit/family";
import { oneOf, realNumber, wholeNumber } from "../../fit/settings";
import type { LossName } from "../../tensorflow/loss";
import type { MlpActivation } from "./mlp";

export interface MlpSettings {
  readonly networks: number;
  readonly width: number;
  readonly depth: number;
  readonly activation: MlpActivation | "alternating";
  readonly dropout: number;
  readonly loss: LossName;
  readonly batchSize: number;
  readonly epochs: number;
  readonly patience: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly averaging: number;
}

const LARGE = 50_000;
const bySize = (small: number, large: number) => (rows: number) => (rows > LARGE ? large : small);

/** What is standard was chosen by experiment: docs/experiments/sos-mlp.md. */
export const MLP_SETTINGS: Settings<MlpSettings> = {
  networks: wholeNumber("networks a fold, whose mean answers", [1, 50], bySize(2, 1)),
  width: wholeNumber("units of a layer", [1, 4096], bySize(64, 256)),
  depth: wholeNumber("layers before the last", [1, 32], bySize(3, 5)),
  // ReLU bends sharply, as log g does from dwarfs to giants; SiLU is smooth, as Teff is; networks of both err less alike.
  activation: oneOf("what bends a unit; alternating takes relu and silu in turn", ["alternating", "relu", "silu", "tanh"], "alternating"),
  dropout: realNumber("probability that a unit is dropped in training", [0, 0.9], 0.02),
  loss: oneOf("what is made small, of quantities", ["huber", "mse", "log-cosh", "gaussian-nll"], "huber"),
  batchSize: wholeNumber("stars a step", [2, 65_536], bySize(64, 1024)),
  epochs: wholeNumber("times that all stars are shown", [1, 10_000], bySize(60, 30)),
  patience: wholeNumber("epochs without a better validation loss after which the fit ends", [1, 10_000], 30),
  learningRate: realNumber("length of a step at its highest", [1e-6, 1], 3e-3),
  weightDecay: realNumber("how strongly the weights are shrunk", [0, 100], 0.1),
  averaging: realNumber("share of the earlier weights in their running average", [0, 0.9999], 0.99),
};
