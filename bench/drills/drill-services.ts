import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { loadConfig } from "../../src/config";
import type { Database } from "../../src/database/database";
import { openEmbedded } from "../../src/database/embedded";
import { migrate } from "../../src/database/migrate";
import type { Services } from "../../src/graphql/services";
import { MODALITIES } from "../../src/modalities/modalities";
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
  const predictor = new Predictor(registry, MODALITIES, config);
  return {
    database,
    registry,
    predictor,
    version: "drill",
    maxPageSize: config.maxPageSize,
    async close() {
      await predictor.close();
      await database.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}
