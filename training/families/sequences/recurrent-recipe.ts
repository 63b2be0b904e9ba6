import type { SequenceRecipe } from "./sequence-plan";

/** A small bidirectional recurrent network; chosen by experiment for both cells: docs/experiments/rrl-networks.md. */
export const recurrentRecipe = (recipe: string, cell: "gru" | "lstm"): SequenceRecipe => ({
  recipe,
  shape: (channels) => ({
    kind: "recurrent",
    cell,
    channels,
    units: [16, 16],
    isBidirectional: true,
    pooling: "mean",
    dropout: [0.2, 0.2],
  }),
  harmonics: 2,
  settings: {
    epochs: 60,
    batchSize: 64,
    learningRate: 0.01,
    weightDecay: 0.01,
    averaging: 0.99,
    huber: 1,
    augmentation: { shift: 0.01, leaveOut: 0.3, noiseMag: 0.01 },
  },
  repeats: 3,
  weightPower: 0,
});
