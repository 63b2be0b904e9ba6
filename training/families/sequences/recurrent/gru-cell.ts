import type { MakeCell } from "./cell";

/** Gates z (update), r (reset), c (candidate): see assembly/gru.ts. */
export const gruCell: MakeCell = (memory, units, rows) => {
  const { kernels } = memory;
  const gates = 3;
  /** [rows, units] r h', which the candidate sees instead of h' */
  const reset = memory.allocate(rows * units);
  const scratch = memory.allocate(2 * units);
  return {
    gates,
    startingBias: () => new Float32Array(gates * units),
    forward({ sequences, starts }, recurrent, steps, isReversed) {
      const kept = [steps.gates.pointer, recurrent.pointer, steps.states.pointer, steps.before.pointer, reset.pointer] as const;
      kernels.gruForward(sequences, starts.pointer, isReversed, units, ...kept);
    },
    backward({ sequences, starts }, transposed, steps, slopes, isReversed) {
      const kept = [steps.gates.pointer, transposed.pointer, steps.before.pointer, slopes.pointer, scratch.pointer] as const;
      kernels.gruBackward(sequences, starts.pointer, isReversed, units, ...kept);
    },
    addRecurrentGradient(count, steps, { gradient }) {
      const width = gates * units;
      kernels.addOuterProducts(count, units, 2 * units, steps.before.pointer, steps.gates.pointer, width, gradient.pointer, width);
      const candidate = 4 * 2 * units;
      const [d, into] = [steps.gates.pointer + candidate, gradient.pointer + candidate];
      kernels.addOuterProducts(count, units, units, reset.pointer, d, width, into, width);
    },
  };
};
