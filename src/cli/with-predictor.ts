import type { Config } from "../config";
import type { Database } from "../database/database";
import { MODALITIES } from "../modalities/modalities";
import { Predictor, UNHURRIED } from "../models/predictor";
import { type ModelVersion, Registry } from "../models/registry/registry";
import { EXISTING, withDatabase } from "./command";

/** Passed to commands that predict. */
export interface Predicting {
  readonly database: Database;
  readonly config: Config;
  readonly registry: Registry;
  readonly predictor: Predictor;
  readonly version: ModelVersion;
}

/**
 * Opens the configured database and a predictor for one command, and closes both afterwards.
 *
 * @param reference NAME, NAME@alias or NAME@version
 */
export async function withPredictor<T>(reference: string, work: (predicting: Predicting) => Promise<T>): Promise<T> {
  return withDatabase(async (database, config) => {
    const registry = new Registry(database, config.dataDir);
    const version = await registry.resolve(reference);
    const predictor = new Predictor(registry, MODALITIES, { ...config, ...UNHURRIED });
    try {
      return await work({ database, config, registry, predictor, version });
    } finally {
      await predictor.close();
    }
  }, EXISTING);
}
