import type { Queries } from "../database/database";
import type { Manifest } from "./manifest";
import type { Alias, ModelReference } from "./model-reference";
import type { ChampionMove } from "./promotion";

/** One immutable version of a model. */
export interface ModelVersion {
  /** of the row: predictions refer to it */
  readonly id: number;
  readonly model: string;
  readonly version: number;
  readonly aliases: readonly Alias[];
  readonly manifest: Manifest;
  /** of the artifact, hexadecimal */
  readonly sha256: string;
  readonly manifestSha256: string;
  /** size of the artifact [byte] */
  readonly bytes: number;
  /** trained on a synthetic sky */
  readonly synthetic: boolean;
  readonly createdAt: Date;
}

/** What a recipe trains, with its versions, newest first. */
export interface Model {
  readonly name: string;
  readonly recipe: string;
  readonly createdAt: Date;
  readonly versions: readonly ModelVersion[];
}

/** A registration or a move of an alias, kept for ever. Versions are the model's numbers, not row ids. */
export interface ModelEvent {
  readonly id: number;
  readonly at: Date;
  readonly kind: ChampionMove["kind"];
  readonly alias: Alias;
  readonly fromVersion: number | null;
  readonly toVersion: number;
  readonly reason: string;
}

const VERSIONS = `SELECT v.id, v.model_name AS model, v.version, v.manifest, v.sha256, v.manifest_sha256 AS "manifestSha256", v.bytes,
    v.synthetic, v.created_at AS "createdAt",
    ARRAY(SELECT alias FROM model_alias WHERE version_id = v.id ORDER BY alias) AS aliases
  FROM model_version v`;

/** @returns the version that carries the alias or the number, or null */
export async function findVersion(queries: Queries, { name, target }: ModelReference): Promise<ModelVersion | null> {
  const condition =
    typeof target === "number"
      ? "v.model_name = $1 AND v.version = $2"
      : "v.id = (SELECT version_id FROM model_alias WHERE model_name = $1 AND alias = $2)";
  const [row] = await queries.query<ModelVersion>(`${VERSIONS} WHERE ${condition}`, [name, target]);
  return row ?? null;
}

/** @returns every model by name, its versions newest first */
export async function allModels(queries: Queries): Promise<Model[]> {
  const models = await queries.query<Omit<Model, "versions">>(
    `SELECT name, recipe, created_at AS "createdAt" FROM model ORDER BY name COLLATE "C"`,
  );
  const versions = await queries.query<ModelVersion>(`${VERSIONS} ORDER BY v.version DESC`);
  return models.map((model) => ({ ...model, versions: versions.filter((version) => version.model === model.name) }));
}

/** @returns the model's history, oldest first */
export async function eventsOf(queries: Queries, name: string): Promise<ModelEvent[]> {
  return queries.query<ModelEvent>(
    `SELECT id, at, kind, alias, from_version AS "fromVersion", to_version AS "toVersion", reason
       FROM model_event WHERE model_name = $1 ORDER BY id`,
    [name],
  );
}

/** Takes the model's row for this transaction: one registration, promotion or rollback at a time. */
export async function lockModel(queries: Queries, name: string): Promise<void> {
  await queries.query("SELECT name FROM model WHERE name = $1 FOR UPDATE", [name]);
}

/** Makes the model where there is none. */
export async function ensureModel(queries: Queries, name: string, recipe: string): Promise<void> {
  await queries.query("INSERT INTO model (name, recipe) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING", [name, recipe]);
}

/** @returns the number of the model's newest version, 0 where it has none */
export async function latestVersion(queries: Queries, name: string): Promise<number> {
  const [row] = await queries.query<{ latest: number }>(
    "SELECT coalesce(max(version), 0)::int AS latest FROM model_version WHERE model_name = $1",
    [name],
  );
  return row!.latest;
}

/** @returns the new row's id */
export async function insertVersion(
  queries: Queries,
  manifest: Manifest,
  files: Pick<ModelVersion, "sha256" | "manifestSha256" | "bytes">,
): Promise<number> {
  const [row] = await queries.query<{ id: number }>(
    `INSERT INTO model_version (model_name, version, manifest, sha256, manifest_sha256, bytes, synthetic)
     VALUES ($1, $2, $3::jsonb, $4, $5, $6, $7) RETURNING id`,
    [manifest.model, manifest.version, JSON.stringify(manifest), files.sha256, files.manifestSha256, files.bytes, manifest.data.synthetic],
  );
  return row!.id;
}

/**
 * Gives a version a partition of predicted_label of its own. Attaching locks the parent against other schema
 * changes only; CREATE TABLE ... PARTITION OF would stop every reader and writer of predictions meanwhile.
 */
export async function createPartition(queries: Queries, versionId: number): Promise<void> {
  const partition = `predicted_label_v${versionId}`;
  await queries.query(`CREATE TABLE ${partition} (LIKE predicted_label INCLUDING ALL)`);
  await queries.query(`ALTER TABLE predicted_label ATTACH PARTITION ${partition} FOR VALUES IN (${versionId})`);
}

export async function moveAlias(queries: Queries, name: string, alias: Alias, versionId: number): Promise<void> {
  await queries.query(
    `INSERT INTO model_alias (model_name, alias, version_id) VALUES ($1, $2, $3)
     ON CONFLICT (model_name, alias) DO UPDATE SET version_id = EXCLUDED.version_id`,
    [name, alias, versionId],
  );
}

/** Takes the alias from a version, if it carries it. */
export async function dropAlias(queries: Queries, alias: Alias, versionId: number): Promise<void> {
  await queries.query("DELETE FROM model_alias WHERE alias = $1 AND version_id = $2", [alias, versionId]);
}

export async function logEvent(queries: Queries, name: string, event: Omit<ModelEvent, "id" | "at">): Promise<void> {
  await queries.query(
    "INSERT INTO model_event (model_name, kind, alias, from_version, to_version, reason) VALUES ($1, $2, $3, $4, $5, $6)",
    [name, event.kind, event.alias, event.fromVersion, event.toVersion, event.reason],
  );
}
