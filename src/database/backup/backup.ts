import { existsSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import type { Config } from "../../config";
import { AppError } from "../../errors";
import { makeFolder } from "../../make-folder";
import { openEmbedded } from "../embedded";
import { embeddedFolder, hasEmbedded } from "../embedded-folder";
import { lockPlace } from "../process-lock";
import { pack } from "./pack";
import { unpack } from "./unpack";

/** What a backup takes of the data folder: the database, and the artifacts of the models that are registered in it. */
type Settings = Pick<Config, "dataDir" | "databaseUrl">;

const inUse = (dataDir: string, processId: string) =>
  new AppError(
    "CONFLICT",
    `${dataDir} is in use by process ${processId}. Stop it first: files that are being written cannot be backed up.`,
  );

function refusePostgresql({ databaseUrl, dataDir }: Settings): void {
  if (databaseUrl === null) return;
  const message = `On PostgreSQL use its own tools: pg_dump --format=custom for the database, and any copy of ${dataDir}, which holds the models' artifacts; pg_restore and a copy back restore them.`;
  throw new AppError("BAD_INPUT", message);
}

/** Works on a data folder that no other process has open. */
async function alone<T>({ dataDir }: Settings, work: () => Promise<T>): Promise<T> {
  const unlock = await lockPlace(embeddedFolder(dataDir), (processId) => inUse(dataDir, processId));
  try {
    return await work();
  } finally {
    unlock();
  }
}

/**
 * Writes the data folder to one file, which is replaced if it exists. The database is opened and closed first: it is then whole,
 * and its log is applied.
 *
 * @returns number of files
 * @throws AppError NOT_FOUND if there is no database, CONFLICT if it is in use or damaged, BAD_INPUT on PostgreSQL
 */
export async function backup(settings: Settings, file: string): Promise<number> {
  refusePostgresql(settings);
  const { dataDir } = settings;
  if (!hasEmbedded(dataDir))
    throw new AppError("NOT_FOUND", `There is no embedded database in ${dataDir}. ASTERISM_DATA_DIR names its folder.`);
  if (!path.relative(dataDir, path.resolve(file)).startsWith(".."))
    throw new AppError(
      "BAD_INPUT",
      `${file} is within the folder that is backed up. Name a file outside ${dataDir}, best on another disk.`,
    );
  await (await openEmbedded(dataDir)).close();
  return alone(settings, () => pack(dataDir, file));
}

/**
 * Puts a backup's content where there is no data folder yet: it appears whole or not at all.
 *
 * @returns number of files
 * @throws AppError CONFLICT if the data folder exists, BAD_INPUT if the backup is damaged or on PostgreSQL
 */
export async function restore(settings: Settings, file: string): Promise<number> {
  refusePostgresql(settings);
  const { dataDir } = settings;
  if (!existsSync(file)) throw new AppError("NOT_FOUND", `There is no file ${file}.`);
  if (existsSync(dataDir))
    throw new AppError(
      "CONFLICT",
      `${dataDir} exists, and a backup is not restored over it. Move it away, or set ASTERISM_DATA_DIR to a new folder.`,
    );
  const unfinished = `${dataDir}.restoring`;
  rmSync(unfinished, { recursive: true, force: true });
  makeFolder(unfinished);
  try {
    const files = await unpack(file, unfinished);
    await (await openEmbedded(unfinished)).close();
    renameSync(unfinished, dataDir);
    return files;
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
}
