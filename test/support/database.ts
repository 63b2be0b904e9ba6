import { randomUUID } from "node:crypto";
import { loadConfig } from "../../src/config";
import type { Database } from "../../src/database/database";
import { openEmbedded } from "../../src/database/embedded";
import { migrate } from "../../src/database/migrate";
import { openPostgresql } from "../../src/database/postgresql";

/**
 * A migrated, empty database of its own for one test file: in memory, or a schema of its own on the server that
 * ASTERISM_TEST_DATABASE_URL names, so that the same tests run on both engines.
 */
export async function openTestDatabase(): Promise<Database> {
  const url = process.env.ASTERISM_TEST_DATABASE_URL;
  if (!url) {
    const database = await openEmbedded(null);
    await migrate(database);
    return database;
  }
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const admin = await openPostgresql(url, loadConfig());
  await admin.script(`CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const database = await openPostgresql(own.href, loadConfig({ poolSize: 4 }));
  await migrate(database);
  return {
    ...database,
    async close() {
      await database.close();
      await admin.script(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.close();
    },
  };
}
