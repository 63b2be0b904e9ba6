import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { PACKAGE_ROOT } from "../config";
import { AppError } from "../errors";
import type { Database, Queries } from "./database";

/** The key that Prisma Migrate locks too, so that its command line and this one exclude each other. */
const MIGRATION_LOCK = 72_707_369;

/** Prisma's own bookkeeping, so that `prisma migrate status` understands what was applied here. */
const BOOKKEEPING = `CREATE TABLE _prisma_migrations (
  id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz,
  migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`;

const MIGRATIONS = path.join(PACKAGE_ROOT, "prisma/migrations");

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, file: path.join(folder, name, "migration.sql") }))
    .filter(({ file }) => existsSync(file))
    .map(({ name, file }) => {
      const sql = readFileSync(file, "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

/** Code older than the database's schema would write wrong data. */
function requireKnown(applied: readonly string[], migrations: readonly Migration[]): void {
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = applied.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new AppError(
      "CONFLICT",
      `Migration ${unknown} was applied to this database, and this version of asterism does not know it. Install the version that applied it, or a newer one.`,
    );
}

/** Creates the bookkeeping table only if it is missing, because that needs the privilege to create tables. */
async function ensureBookkeeping(queries: Queries): Promise<void> {
  const [found] = await queries.query<{ there: boolean }>("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there");
  if (!found?.there) await queries.script(BOOKKEEPING);
}

async function pendingMigrations(queries: Queries, migrations: readonly Migration[]): Promise<Migration[]> {
  const applied = await queries.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    "SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL",
  );
  const half = applied.find((row) => row.finished_at === null);
  if (half)
    throw new AppError(
      "CONFLICT",
      `Migration ${half.migration_name} was begun by another tool and not finished. Settle it with \`prisma migrate resolve\`, or start with an empty database.`,
    );
  requireKnown(
    applied.map((row) => row.migration_name),
    migrations,
  );
  const checksums = new Map(applied.map((row) => [row.migration_name, row.checksum]));
  return migrations.filter(({ name, checksum }) => {
    const known = checksums.get(name);
    if (known !== undefined && known !== checksum)
      throw new AppError(
        "CONFLICT",
        `Migration ${name} was edited after it was applied to this database. Restore its file, or start with an empty database.`,
      );
    return known === undefined;
  });
}

/**
 * Applies the missing migrations in one transaction under an advisory lock: two processes that start together apply each
 * migration once, and a killed process leaves nothing behind.
 *
 * @returns the names of the applied migrations, in order
 */
export async function migrate(database: Database, folder = MIGRATIONS): Promise<string[]> {
  const migrations = readMigrations(folder);
  return database.transaction(async (queries) => {
    await queries.query("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await ensureBookkeeping(queries);
    const pending = await pendingMigrations(queries, migrations);
    for (const { name, sql, checksum } of pending) {
      await queries.script(sql);
      await queries.query(
        "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), 1)",
        [randomUUID(), checksum, name],
      );
    }
    return pending.map(({ name }) => name);
  });
}

/** @throws AppError CONFLICT if the schema of the database is not the one of this version of asterism */
export async function requireMigrated(queries: Queries): Promise<void> {
  const [lacking] = await pendingMigrations(queries, readMigrations(MIGRATIONS));
  if (lacking) throw new AppError("CONFLICT", `Migration ${lacking.name} is not applied to this database. Run \`asterism migrate\`.`);
}
