import type { MakeCell } from "./cell";

/** Gates i (input), f (forget), g (candidate), o (output): see assembly/lstm.ts. */
export const lstmCell: MakeCell = (memory, units, rows) => {
  const { kernels } = memory;
  const gates = 4;
  const cellsBefore = memory.allocate(rows * units);
  const squashed = memory.allocate(rows * units);
  const scratch = memory.allocate(2 * units);
  return {
    gates,
    // Jozefowicz et al. (2015): a cell that starts by remembering learns long sequences.
    startingBias: () => Float32Array.from({ length: gates * units }, (_, index) => (Math.floor(index / units) === 1 ? 1 : 0)),
    forward({ sequences, starts }, recurrent, steps, isReversed) {
      const kept = [steps.gates.pointer, recurrent.pointer, steps.states.pointer, steps.before.pointer] as const;
      const cells = [cellsBefore.pointer, squashed.pointer, scratch.pointer] as const;
      kernels.lstmForward(sequences, starts.pointer, isReversed, units, ...kept, ...cells);
    },
    backward({ sequences, starts }, transposed, steps, slopes, isReversed) {
      const kept = [steps.gates.pointer, transposed.pointer, cellsBefore.pointer, squashed.pointer] as const;
      kernels.lstmBackward(sequences, starts.pointer, isReversed, units, ...kept, slopes.pointer, scratch.pointer);
    },
    addRecurrentGradient(count, steps, { gradient }) {
      const width = gates * units;
      kernels.addOuterProducts(count, units, width, steps.before.pointer, steps.gates.pointer, width, gradient.pointer, width);
    },
  };
};
