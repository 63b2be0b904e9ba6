import { PREDICTED_TABLES, partitionOf } from "../../catalogue/predicted/predicted-tables";
import type { Prisma, PrismaClient } from "../../database/generated/client";
import { AppError } from "../../errors";
import { ownerOf } from "../../modalities/modalities";
import type { Manifest } from "./manifest";
import type { Alias, ModelReference } from "./model-reference";
import type { ChampionMove } from "./promotion";
import { type StoredManifest, upgradeManifest } from "./upgrade-manifest";

/** Prisma's client, or that of one transaction. */
export type Rows = Prisma.TransactionClient;

/** One immutable version of a model. */
export interface ModelVersion {
  /** row id, which predictions refer to */
  readonly id: number;
  readonly model: string;
  readonly version: number;
  readonly aliases: readonly Alias[];
  readonly manifest: Manifest;
  /** of the ONNX file, hexadecimal */
  readonly sha256: string;
  readonly manifestSha256: string;
  /** [byte] size of the ONNX file */
  readonly bytes: number;
  /** trained on a synthetic sky */
  readonly synthetic: boolean;
  readonly createdAt: Date;
  /** since when no alias points to it again; null of one in use */
  readonly retiredAt: Date | null;
}

/** A model with its versions, newest first. */
export interface Model {
  readonly name: string;
  readonly recipe: string;
  readonly createdAt: Date;
  readonly versions: readonly ModelVersion[];
}

/** A registration or a move of an alias; kept forever. Versions are version numbers, not row ids. */
export interface ModelEvent {
  readonly id: number;
  readonly at: Date;
  readonly kind: ChampionMove["kind"] | "retired";
  /** null of an event that moves none */
  readonly alias: Alias | null;
  readonly fromVersion: number | null;
  readonly toVersion: number;
  readonly reason: string;
}

const ALIASES = { aliases: { select: { alias: true }, orderBy: { alias: "asc" } } } satisfies Prisma.ModelVersionInclude;

type VersionRow = Prisma.ModelVersionGetPayload<{ include: typeof ALIASES }>;

function toVersion({ modelName, manifest, aliases, ...row }: VersionRow): ModelVersion {
  // Only insertVersion writes the column, so it holds a manifest, of this format or of an earlier one.
  const upgraded = upgradeManifest(manifest as unknown as StoredManifest, ownerOf);
  return { ...row, model: modelName, manifest: upgraded, aliases: aliases.map(({ alias }) => alias as Alias) };
}

/** Runs `work` in one transaction. Its time limits are high, because a promotion counts the stars that the candidate lacks. */
export function inTransaction<T>(prisma: PrismaClient, work: (rows: Rows) => Promise<T>): Promise<T> {
  return prisma.$transaction(work, { maxWait: 60_000, timeout: 3_600_000 });
}

/** @returns the version that carries the alias or the number, or null */
export async function findVersion(rows: Rows, { name, target }: ModelReference): Promise<ModelVersion | null> {
  const carries = typeof target === "number" ? { version: target } : { aliases: { some: { alias: target } } };
  const row = await rows.modelVersion.findFirst({ where: { modelName: name, ...carries }, include: ALIASES });
  return row && toVersion(row);
}

/** @returns every model by name, its versions newest first */
export async function allModels(rows: Rows): Promise<Model[]> {
  const versions = { orderBy: { version: "desc" }, include: ALIASES } satisfies Prisma.Model$versionsArgs;
  const models = await rows.model.findMany({ orderBy: { name: "asc" }, include: { versions } });
  return models.map((model) => ({ ...model, versions: model.versions.map(toVersion) }));
}

/** @returns the model's history, oldest first */
export async function eventsOf(rows: Rows, name: string): Promise<ModelEvent[]> {
  const events = await rows.modelEvent.findMany({ where: { modelName: name }, orderBy: { id: "asc" }, omit: { modelName: true } });
  // Only logEvent writes the column.
  return events as ModelEvent[];
}

/** Locks the model's row until the end of the transaction: one registration, promotion or rollback at a time. */
export async function lockModel(rows: Rows, name: string): Promise<void> {
  await rows.$queryRaw`SELECT name FROM model WHERE name = ${name} FOR UPDATE`;
}

/** @throws AppError CONFLICT if the model belongs to another recipe: their versions would not be comparable */
export async function checkRecipe(rows: Rows, name: string, recipe: string): Promise<void> {
  const model = await rows.model.findUnique({ where: { name } });
  if (model && model.recipe !== recipe)
    throw new AppError(
      "CONFLICT",
      `The model '${name}' is trained by ${model.recipe}, not by ${recipe}. Give this one another name with --model.`,
    );
}

/** Creates the model if it does not exist. @throws AppError CONFLICT if it belongs to another recipe */
export async function ensureModel(rows: Rows, name: string, recipe: string): Promise<void> {
  await rows.model.createMany({ data: { name, recipe }, skipDuplicates: true });
  await checkRecipe(rows, name, recipe);
}

/** @returns the number of the model's newest version, 0 if it has none */
export async function latestVersion(rows: Rows, name: string): Promise<number> {
  const { _max } = await rows.modelVersion.aggregate({ where: { modelName: name }, _max: { version: true } });
  return _max.version ?? 0;
}

/** Hashes and size of a version's files. */
type Files = Pick<ModelVersion, "sha256" | "manifestSha256" | "bytes">;

/** @returns the new row's id */
async function insertVersion(rows: Rows, manifest: Manifest, files: Files): Promise<number> {
  const { model: modelName, version, data } = manifest;
  const json = manifest as unknown as Prisma.InputJsonObject;
  const { id } = await rows.modelVersion.create({ data: { modelName, version, manifest: json, ...files, synthetic: data.synthetic } });
  return id;
}

/**
 * Creates a version's own partition of each table of predictions. Attaching blocks only other schema changes of the parent
 * table; CREATE TABLE ... PARTITION OF would block all readers and writers of predictions.
 */
async function createPartitions(rows: Rows, versionId: number): Promise<void> {
  for (const table of PREDICTED_TABLES) {
    const partition = partitionOf(table, versionId);
    await rows.$executeRawUnsafe(`CREATE TABLE ${partition} (LIKE ${table} INCLUDING ALL)`);
    await rows.$executeRawUnsafe(`ALTER TABLE ${table} ATTACH PARTITION ${partition} FOR VALUES IN (${versionId})`);
  }
}

export async function moveAlias(rows: Rows, modelName: string, alias: Alias, versionId: number): Promise<void> {
  const where = { modelName_alias: { modelName, alias } };
  await rows.modelAlias.upsert({ where, create: { modelName, alias, versionId }, update: { versionId } });
}

/** Removes the alias from a version, if it carries it. */
export async function dropAlias(rows: Rows, alias: Alias, versionId: number): Promise<void> {
  await rows.modelAlias.deleteMany({ where: { alias, versionId } });
}

/** Marks a version as retired, and takes its aliases. */
export async function retireVersion(rows: Rows, versionId: number): Promise<void> {
  await rows.modelAlias.deleteMany({ where: { versionId } });
  await rows.modelVersion.update({ where: { id: versionId }, data: { retiredAt: new Date() } });
}

export async function logEvent(rows: Rows, modelName: string, event: Omit<ModelEvent, "id" | "at">): Promise<void> {
  await rows.modelEvent.create({ data: { modelName, ...event } });
}

/** Inserts a version with its partition, alias and event: the first version is the champion, a later one the challenger. */
export async function recordVersion(rows: Rows, manifest: Manifest, files: Files): Promise<void> {
  const { model, version, recipe } = manifest;
  const alias: Alias = version === 1 ? "champion" : "challenger";
  const id = await insertVersion(rows, manifest, files);
  await createPartitions(rows, id);
  await moveAlias(rows, model, alias, id);
  const reason = `trained by ${recipe}`;
  await logEvent(rows, model, { kind: "registered", alias, fromVersion: null, toVersion: version, reason });
}
