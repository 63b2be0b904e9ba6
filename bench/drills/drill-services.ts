import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { loadConfig } from "../../src/config";
import type { Database } from "../../src/database/database";
import { openEmbedded } from "../../src/database/embedded";
import { migrate } from "../../src/database/migrate";
import { featureSet } from "../../src/features/feature-sets";
import type { Services } from "../../src/graphql/services";
import { FoldingEngine } from "../../src/models/folding/folding-engine";
import { Predictor } from "../../src/models/predictor";
import { Registry } from "../../src/models/registry/registry";

export interface DrillServices extends Services {
  close(): Promise<void>;
}

/** What a server serves from: an embedded database in memory without stars or models, unless another one is given. */
export async function openDrillServices(given?: Database): Promise<DrillServices> {
  const database = given ?? (await openEmbedded(null));
  await migrate(database);
  const dataDir = mkdtempSync(path.join(tmpdir(), "asterism-drill-"));
  const registry = new Registry(database, dataDir);
  const config = loadConfig({ dataDir });
  const predictor = new Predictor(registry, featureSet, config);
  const folding = new FoldingEngine();
  return {
    database,
    registry,
    predictor,
    folding,
    version: "drill",
    maxPageSize: config.maxPageSize,
    async close() {
      await predictor.close();
      await folding.close();
      await database.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}
