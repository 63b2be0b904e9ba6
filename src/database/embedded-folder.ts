import { existsSync, readdirSync, readFileSync, statfsSync, statSync } from "node:fs";
import path from "node:path";
import { AppError } from "../errors";

/** [byte] A new database takes 40 MB, and its write-ahead log up to 80 MB more. */
const LEAST_FREE = 200e6;
/** [byte] PostgreSQL's control file has always this size. */
const CONTROL_FILE = 8192;

/** @returns the folder of the embedded database within the data folder */
export const embeddedFolder = (dataDir: string): string => path.join(dataDir, "database");

/** Whether a data folder holds an embedded database, whole or damaged. */
export const hasEmbedded = (dataDir: string): boolean => existsSync(embeddedFolder(dataDir));

/** @throws AppError BAD_INPUT if a new database would fill the disk: the engine would then wait for ever, in a busy loop */
export function requireRoom(dataDir: string): void {
  const { bavail, bsize } = statfsSync(dataDir);
  if (bavail * bsize >= LEAST_FREE) return;
  const megabytes = (bytes: number) => `${Math.floor(bytes / 1e6)} MB`;
  const message = `A new embedded database needs ${megabytes(LEAST_FREE)}, and the disk of ${dataDir} has ${megabytes(bavail * bsize)} left. Free some, or set ASTERISM_DATA_DIR to a folder on another disk.`;
  throw new AppError("BAD_INPUT", message);
}

const isFilled = (folder: string): boolean => existsSync(folder) && readdirSync(folder).length > 0;

/** @returns what is missing or broken in a database's folder, as far as it shows without the engine */
export function damageIn(folder: string): string[] {
  const at = (name: string) => path.join(folder, name);
  const damage: string[] = [];
  if (!existsSync(at("PG_VERSION"))) damage.push("PG_VERSION is missing");
  else if (!/^\d+\s*$/.test(readFileSync(at("PG_VERSION"), "utf8"))) damage.push("PG_VERSION holds no version");
  const control = statSync(at("global/pg_control"), { throwIfNoEntry: false });
  if (!control) damage.push("global/pg_control, the control file, is missing");
  else if (control.size !== CONTROL_FILE)
    damage.push(`global/pg_control, the control file, has ${control.size} bytes instead of ${CONTROL_FILE}`);
  if (!isFilled(at("pg_wal"))) damage.push("pg_wal, the write-ahead log, is missing or empty");
  if (!isFilled(at("base"))) damage.push("base, which holds the tables, is missing or empty");
  return damage;
}

export const RESTORE_ADVICE =
  "Restore a backup into a new folder with `asterism restore FILE` (ASTERISM_DATA_DIR names the folder), or move this folder away and ingest again. Nothing in it was changed.";

/**
 * The engine would make a new database over one that has lost its version, and fails without a word about other damage.
 *
 * @throws AppError CONFLICT saying what is damaged and what to do
 */
export function requireWhole(folder: string): void {
  const damage = damageIn(folder);
  if (damage.length === 0) return;
  throw new AppError("CONFLICT", `The embedded database ${folder} is damaged: ${damage.join("; ")}. ${RESTORE_ADVICE}`);
}
