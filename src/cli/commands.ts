import type { DefineCommand } from "./command";

/**
 * Every command of `asterism`, as its help lists them. A command's file is loaded when the command is called: the server starts
 * without the code that trains.
 */
export const COMMANDS: Readonly<Record<string, () => Promise<DefineCommand>>> = {
  backfill: async () => (await import("./backfill.js")).defineBackfill,
  backup: async () => (await import("./backup.js")).defineBackup,
  catalogues: async () => (await import("./catalogues.js")).defineCatalogues,
  check: async () => (await import("./check.js")).defineCheck,
  config: async () => (await import("./config.js")).defineConfig,
  crossmatch: async () => (await import("./crossmatch.js")).defineCrossmatch,
  evaluate: async () => (await import("./evaluate.js")).defineEvaluate,
  export: async () => (await import("./export.js")).defineExport,
  ingest: async () => (await import("./ingest.js")).defineIngest,
  lookup: async () => (await import("./lookup.js")).defineLookup,
  migrate: async () => (await import("./migrate.js")).defineMigrate,
  models: async () => (await import("./models.js")).defineModels,
  plot: async () => (await import("./plot.js")).definePlot,
  predict: async () => (await import("./predict.js")).definePredict,
  restore: async () => (await import("./backup.js")).defineRestore,
  "rrl-catalogue": async () => (await import("./rrl-catalogue.js")).defineRrlCatalogue,
  schema: async () => (await import("./schema.js")).defineSchema,
  "select-features": async () => (await import("./select-features.js")).defineSelectFeatures,
  serve: async () => (await import("./serve.js")).defineServe,
  status: async () => (await import("./status.js")).defineStatus,
  study: async () => (await import("./study.js")).defineStudy,
  synthesize: async () => (await import("./synthesize.js")).defineSynthesize,
  train: async () => (await import("./train.js")).defineTrain,
  variability: async () => (await import("./variability.js")).defineVariability,
};
