import type { Database } from "../../../src/database/database";
import type { TrainingReport, Watch } from "../../recipe";
import { type SequenceOptions, trainSequences } from "./rrl-sequences";
import type { SequenceRecipe } from "./sequence-plan";

export const RECIPE = "rrl-transformer";

/** Chosen by experiment: docs/experiments/rrl-networks.md. */
const TRANSFORMER: SequenceRecipe = {
  recipe: RECIPE,
  shape: (channels) => ({ kind: "transformer", channels, width: 32, heads: 4, blocks: 2, hidden: 64, dropout: 0.1 }),
  harmonics: 4,
  settings: {
    epochs: 60,
    batchSize: 64,
    learningRate: 0.003,
    weightDecay: 0.01,
    averaging: 0.99,
    huber: 1,
    augmentation: { shift: 0.01, leaveOut: 0.3, noiseMag: 0.01 },
  },
  repeats: 1,
  weightPower: 0,
};

/**
 * Metallicities of RR Lyrae stars from their G light curves by a transformer: after Monti et al. 2024 (Sensors 24,
 * 5203), on the points as they were observed and with fewer blocks.
 *
 * @param dataDir folder that holds the artifacts
 * @throws AppError BAD_INPUT, NOT_FOUND
 */
export function trainRrlTransformer(database: Database, dataDir: string, options: SequenceOptions, watch?: Watch): Promise<TrainingReport> {
  return trainSequences(database, dataDir, TRANSFORMER, options, watch);
}
