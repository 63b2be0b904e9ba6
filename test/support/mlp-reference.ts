import type { MlpEnsemble, MlpLabel } from "../../training/families/mlp/mlp-ensemble";
import type { Activation, MlpWeights } from "../../training/families/mlp/mlp-weights";
import type { Normalisation } from "../../training/fit/scales";

/** erf to double precision by its Maclaurin series; the arguments of the tests stay below 4. */
function erf(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

const SELU = { alpha: 1.6732632423543772, scale: 1.0507009873554805 };

export const ACTIVATIONS: Readonly<Record<Activation, (x: number) => number>> = {
  linear: (x) => x,
  relu: (x) => Math.max(0, x),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  selu: (x) => SELU.scale * (x > 0 ? x : SELU.alpha * Math.expm1(x)),
  gelu: (x) => (x / 2) * (1 + (Math.abs(x) > 5.5 ? Math.sign(x) : erf(x / Math.SQRT2))),
  silu: (x) => x / (1 + Math.exp(-x)),
  tanh: Math.tanh,
};

/** One row through one network, layer by layer as it was trained: nothing is folded. */
function runNetwork(weights: MlpWeights, input: readonly number[]): number[] {
  let row = [...input];
  for (const layer of weights) {
    if (layer.kind === "activation") row = row.map(ACTIVATIONS[layer.activation]);
    else if (layer.kind === "batch-norm") {
      const { gamma, beta, mean, variance, epsilon } = layer;
      row = row.map((x, i) => (gamma[i]! * (x - mean[i]!)) / Math.sqrt(variance[i]! + epsilon) + beta[i]!);
    } else {
      const units = layer.bias.length;
      const sums = Array.from(layer.bias, (bias, unit) => row.reduce((sum, x, i) => sum + x * layer.kernel[i * units + unit]!, bias));
      row = sums.map(ACTIVATIONS[layer.activation]);
    }
  }
  return row;
}

function predictLabel({ mean, scale, members, calibration }: MlpLabel, input: readonly number[]): { value: number; error: number } {
  const outputs = members.map((member) => runNetwork(member, input));
  const average = outputs.reduce((sum, [value]) => sum + value!, 0) / members.length;
  const variance = outputs.reduce((sum, [value, log]) => sum + (value! - average) ** 2 + (log === undefined ? 0 : Math.exp(log)), 0);
  const spread = scale * Math.sqrt(variance / members.length);
  return { value: mean + scale * average, error: Math.hypot(calibration.floor, calibration.gain * spread) };
}

/** An input of order one: clipped, and 0 where missing. */
export function normalised(x: number, { mean, scale, reach }: Normalisation, input: number): number {
  return Number.isNaN(x) ? 0 : Math.max(-reach, Math.min(reach, (x - mean[input]!) / scale[input]!));
}

/** What an exported ensemble must answer, in double precision and plain loops: one entry a label. */
export function predictEnsemble(ensemble: MlpEnsemble, inputs: readonly number[]): { value: number; error: number }[] {
  const values = inputs.map((x, i) => normalised(x, ensemble.normalisation, i));
  const missing = inputs.map((x) => (Number.isNaN(x) ? 1 : 0));
  return ensemble.labels.map((label) => predictLabel(label, [...values, ...missing]));
}
