import { backfill } from "../../training/backfill/backfill";
import { readStudy } from "../../training/values/study/parse-study";
import type { Study } from "../../training/values/study/study";
import { trainStudy } from "../../training/values/study/train-study";
import { catalogueStatus } from "../catalogue/status";
import { currentSky } from "../catalogue/synthetic-sky/current-sky";
import { makeSky, skyName } from "../catalogue/synthetic-sky/make-sky";
import type { Config } from "../config";
import { open } from "../database/connect";
import type { Database } from "../database/database";
import { MODALITIES } from "../modalities/modalities";
import { Predictor } from "../models/predictor";
import { Registry } from "../models/registry/registry";
import { withProgress } from "./progress";

const SEED = 42;

/** Stars per transaction of the backfill: about a second on the embedded engine. */
const RANGE_SIZE = 4096;

/** Deliberately small, with one fit for all sets of missing inputs: a first start should not take minutes for the last per cent of accuracy. */
const FOLDS = 3;

/** Which study that ships each model is trained by, and with which settings of its family. */
const MODELS: Readonly<Record<string, { readonly study: string; readonly settings: object }>> = {
  "demo-sos-mlp": { study: "sos-mlp", settings: { networks: 1, epochs: 10, batchSize: 256 } },
  "demo-sos-svr": { study: "sos-svr", settings: { stars: 500, gamma: 0.01, cost: 10 } },
};

/** A study that ships, for the synthetic sky and made small. */
function smallStudy({ study: name, settings }: { readonly study: string; readonly settings: object }): Study {
  const study = readStudy(name);
  const families = study.families.map((family) => ({ ...family, settings: { ...family.settings, ...settings } }));
  const stars = { ...study.stars, sky: "synthetic" as const };
  return { ...study, families, stars, folds: FOLDS, gaps: { ...study.gaps, apart: 1 } };
}

/** Whether the database is empty or holds the demonstration's own sky; anything else belongs to the user. */
async function isOurs(database: Database, sky: string): Promise<boolean> {
  const [{ observedStars, syntheticStars }, present] = [await catalogueStatus(database), await currentSky(database)];
  return !observedStars && (syntheticStars ? present === sky : true);
}

async function trainMissing(database: Database, registry: Registry, config: Config): Promise<void> {
  const known = new Set((await registry.list()).map(({ name }) => name));
  for (const [name, small] of Object.entries(MODELS)) {
    if (known.has(name)) continue;
    await withProgress(`Training ${name}`, {}, (onProgress) =>
      trainStudy(database, config.dataDir, smallStudy(small), { ...config, model: name }, { onProgress }),
    );
  }
}

async function backfillMissing(database: Database, registry: Registry, config: Config): Promise<void> {
  const predictor = new Predictor(registry, MODALITIES, { ...config, queueLimit: RANGE_SIZE });
  try {
    for (const name of Object.keys(MODELS)) {
      const version = await registry.resolve(name);
      await withProgress(`Predicting with ${name}`, {}, (onProgress) =>
        backfill(database, predictor, version, { release: 3, rangeSize: RANGE_SIZE, onProgress }),
      );
    }
  } finally {
    await predictor.close();
  }
}

/** Key of the advisory lock that is held while the demonstration is being created. */
const DEMO_LOCK = 0x64656d6f;

/**
 * Lets one server at a time create the demonstration: a second one on the same PostgreSQL waits and then finds it complete.
 * The lock has its own connection, so that the work can use the whole pool.
 */
async function oneAtATime(config: Config, work: () => Promise<void>): Promise<void> {
  if (config.databaseUrl === null) return work();
  const lock = await open({ ...config, poolSize: 1 });
  try {
    await lock.transaction(async (queries) => {
      await queries.query("SELECT pg_advisory_xact_lock($1)", [DEMO_LOCK]);
      await work();
    });
  } finally {
    await lock.close();
  }
}

/**
 * Fills an empty database with something to query: a synthetic sky, two small models trained on it, and their
 * predictions. Completed steps are skipped, so after an interruption the next start continues. A database with observed
 * stars, or with another synthetic sky, is left unchanged.
 */
export async function prepareDemo(database: Database, config: Config): Promise<void> {
  const sky = { stars: config.demoStars, seed: SEED };
  if (config.demoStars === 0 || !(await isOurs(database, skyName(sky)))) return;
  await oneAtATime(config, () => fillDemo(database, config, sky));
}

async function fillDemo(database: Database, config: Config, sky: { readonly stars: number; readonly seed: number }): Promise<void> {
  const registry = new Registry(database, config.dataDir);
  if ((await currentSky(database)) === null) {
    process.stdout.write("The database is empty: it gets a synthetic sky to try things on. No star of it was ever observed.\n");
    await withProgress("Synthetic sky", {}, (onProgress) => makeSky(database, { ...sky, onProgress }));
  }
  await trainMissing(database, registry, config);
  await backfillMissing(database, registry, config);
}
