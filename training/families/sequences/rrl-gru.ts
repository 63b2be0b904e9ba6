import type { Database } from "../../../src/database/database";
import type { TrainingReport, Watch } from "../../recipe";
import { recurrentRecipe } from "./recurrent-recipe";
import { type SequenceOptions, trainSequences } from "./rrl-sequences";

export const GRU = recurrentRecipe("rrl-gru", "gru");

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
