import type { Augmentation } from "../light-curves/augment";
import type { Channels, CurveSample } from "../light-curves/curve-sample";
import type { NetworkShape } from "../network-shape";
import type { Snapshot } from "../sequence-network";

export interface FitSettings {
  readonly epochs: number;
  readonly batchSize: number;
  /** at its highest; it rises over the first twentieth and falls to zero as a cosine */
  readonly learningRate: number;
  readonly weightDecay: number;
  /** of the running average of the weights, which is what is kept */
  readonly averaging: number;
  /** residuals beyond so many of the label's standard deviations count by their size, not their square (Huber) */
  readonly huber: number;
  readonly augmentation: Augmentation;
}

/** One network to fit on light curves. */
export interface FitTask {
  readonly sample: CurveSample;
  readonly channels: Channels;
  /** [stars] of order one */
  readonly label: Float32Array;
  /** [stars] how much a star counts; 1 on average */
  readonly weight: Float32Array;
  readonly train: Int32Array;
  /** stars that the fit never uses: only watched */
  readonly held: Int32Array;
  readonly shape: NetworkShape;
  readonly settings: FitSettings;
  readonly seed: number;
}

export interface FitResult {
  /** averaged over the last epochs */
  readonly weights: Snapshot;
  readonly epochs: number;
  /** [held] predictions of order one */
  readonly predicted: Float32Array;
  /** of the epoch that predicted the held stars best, as the published networks are chosen and scored */
  readonly best: { readonly epoch: number; readonly predicted: Float32Array };
}
