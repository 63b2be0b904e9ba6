import type { SequenceNetwork } from "../../training/families/sequences/sequence-network";

/** Wide enough for single precision; the fourth-order formula takes out what the width would cost. */
const STEP = 1e-2;

/**
 * @param loss of the network as it is
 * @returns how far each entry of each gradient is from central differences, as a share of that parameter's largest entry
 */
export function gradientErrors(network: SequenceNetwork, loss: () => number): number[] {
  const errors: number[] = [];
  for (const { values, gradient } of network.parameters) {
    const got = Float32Array.from(gradient.floats);
    const wanted = Array.from(values.floats, (value, index) => {
      const at = (steps: number) => {
        values.floats[index] = value + steps * STEP;
        return loss();
      };
      const slope = (8 * (at(1) - at(-1)) - (at(2) - at(-2))) / (12 * STEP);
      values.floats[index] = value;
      return slope;
    });
    const largest = Math.max(...wanted.map(Math.abs), 1e-3);
    wanted.forEach((slope, index) => {
      errors.push(Math.abs(got[index]! - slope) / largest);
    });
  }
  return errors;
}
