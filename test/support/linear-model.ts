import { exportMlpEnsemble } from "../../training/families/mlp/mlp-ensemble";

/** How one label follows from the inputs: offset + sum of slope * input; a missing input counts as 0. */
export interface LinearLabel {
  readonly name: string;
  readonly offset: number;
  /** one an input */
  readonly slopes: readonly number[];
  /** stated for every star */
  readonly error: number;
}

/** An artifact whose answers a test can work out by hand. */
export function linearModel(labels: readonly LinearLabel[]): Uint8Array {
  const width = labels[0]!.slopes.length;
  const flags = new Array<number>(width).fill(0);
  return exportMlpEnsemble({
    name: "linear",
    normalisation: { mean: flags, scale: flags.map(() => 1), reach: 1e9 },
    labels: labels.map(({ name, offset, slopes, error }) => ({
      name,
      mean: offset,
      scale: 1,
      calibration: { floor: error, gain: 1 },
      members: [[{ kind: "dense", kernel: Float32Array.from([...slopes, ...flags]), bias: new Float32Array(1), activation: "linear" }]],
    })),
  });
}
