import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { PACKAGE_ROOT } from "../../src/config";
import type { Database } from "../../src/database/database";
import type { StoredManifest } from "../../src/models/registry/upgrade-manifest";

/** A version that was registered when manifests had format 1: teff = 6000 - 1000 (BP - RP), to 90 K. */
const FOLDER = path.join(PACKAGE_ROOT, "test/fixtures/format-1");

/** Its manifest, as it was stored. */
export const OLD_MANIFEST = JSON.parse(readFileSync(path.join(FOLDER, "manifest.json"), "utf8")) as StoredManifest;

const sha256 = (file: string) =>
  createHash("sha256")
    .update(readFileSync(path.join(FOLDER, file)))
    .digest("hex");

/** Puts the version where the code of then put it: its files, its rows and its partition. */
export async function insertOldModel(database: Database, dataDir: string): Promise<void> {
  const { model, version, recipe } = OLD_MANIFEST;
  const target = path.join(dataDir, "models", model, String(version));
  mkdirSync(target, { recursive: true });
  cpSync(FOLDER, target, { recursive: true });
  await database.query("INSERT INTO model (name, recipe) VALUES ($1, $2)", [model, recipe]);
  const [row] = await database.query<{ id: number }>(
    `INSERT INTO model_version (model_name, version, manifest, sha256, manifest_sha256, bytes, synthetic)
     VALUES ($1, $2, $3::jsonb, $4, $5, 1878, false) RETURNING id`,
    [model, version, JSON.stringify(OLD_MANIFEST), sha256("model.onnx"), sha256("manifest.json")],
  );
  await database.query("INSERT INTO model_alias (model_name, alias, version_id) VALUES ($1, 'champion', $2)", [model, row!.id]);
  await database.query(`CREATE TABLE predicted_label_v${row!.id} PARTITION OF predicted_label FOR VALUES IN (${row!.id})`);
}
