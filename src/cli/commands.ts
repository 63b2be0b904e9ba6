import { defineBackfill } from "./backfill";
import { defineCatalogues } from "./catalogues";
import type { DefineCommand } from "./command";
import { defineConfig } from "./config";
import { defineEvaluate } from "./evaluate";
import { defineExport } from "./export";
import { defineIngest } from "./ingest";
import { defineLookup } from "./lookup";
import { defineMigrate } from "./migrate";
import { defineModels } from "./models";
import { definePlot } from "./plot";
import { definePredict } from "./predict";
import { defineRrlCatalogue } from "./rrl-catalogue";
import { defineSchema } from "./schema";
import { defineSelectFeatures } from "./select-features";
import { defineServe } from "./serve";
import { defineStatus } from "./status";
import { defineStudy } from "./study";
import { defineSynthesize } from "./synthesize";
import { defineTrain } from "./train";
import { defineVariability } from "./variability";

/** Every command of `asterism`, as its help lists them. */
export const COMMANDS: readonly DefineCommand[] = [
  defineBackfill,
  defineCatalogues,
  defineConfig,
  defineEvaluate,
  defineExport,
  defineIngest,
  defineLookup,
  defineMigrate,
  defineModels,
  definePlot,
  definePredict,
  defineRrlCatalogue,
  defineSchema,
  defineSelectFeatures,
  defineServe,
  defineStatus,
  defineStudy,
  defineSynthesize,
  defineTrain,
  defineVariability,
];
