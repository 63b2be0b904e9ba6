import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Services } from "../../src/graphql/services";
import { Predictor } from "../../src/models/predictor";
import { Registry } from "../../src/models/registry/registry";
import { openTestDatabase } from "./database";
import { TEST_MODALITIES } from "./demo-features";

export interface TestServices extends Services {
  /** holds the artifacts */
  readonly dataDir: string;
  close(): Promise<void>;
}

/** What the API serves from: a database of its own, an empty registry, and a predictor that knows the demo features. */
export async function openServices(): Promise<TestServices> {
  const database = await openTestDatabase();
  const dataDir = mkdtempSync(path.join(tmpdir(), "asterism-services-"));
  const registry = new Registry(database, dataDir);
  const predictor = new Predictor(registry, TEST_MODALITIES, { batchSize: 64, batchWindowMs: 0, queueLimit: 1000 });
  return {
    database,
    dataDir,
    registry,
    predictor,
    version: "test",
    maxPageSize: 25,
    async close() {
      await predictor.close();
      await database.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}
