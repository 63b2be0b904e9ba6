import type { Database } from "../../../src/database/database";
import type { TrainingReport, Watch } from "../../recipe";
import { type SequenceOptions, trainSequences } from "./rrl-sequences";
import type { SequenceRecipe } from "./sequence-plan";

export const RECIPE = "rrl-gru";

/** Chosen by experiment: docs/experiments/rrl-networks.md. */
export const GRU: SequenceRecipe = {
  recipe: RECIPE,
  shape: (channels) => ({
    kind: "recurrent",
    cell: "gru",
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
};

/**
 * Metallicities of RR Lyrae stars from their G light curves by gated recurrent units: after Dékány & Grebel 2022 (ApJS
 * 261, 33) and Monti et al. 2024 (Sensors 24, 5203).
 *
 * @param dataDir folder that holds the artifacts
 * @throws AppError BAD_INPUT, NOT_FOUND
 */
export function trainRrlGru(database: Database, dataDir: string, options: SequenceOptions, watch?: Watch): Promise<TrainingReport> {
  return trainSequences(database, dataDir, GRU, options, watch);
}
