import { loadConfig } from "../src/config";
import { migrate } from "../src/database/migrate";
import { openPostgresql } from "../src/database/postgresql";
import type { BenchServer } from "./postgresql-server";

/**
 * Creates a new, migrated database on the server.
 *
 * @param prepare a script to run on it
 * @returns its URL
 */
export async function freshDatabase(server: BenchServer, name: string, prepare = ""): Promise<string> {
  const url = new URL(server.url);
  const admin = await openPostgresql(server.url, loadConfig());
  await admin.script(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await admin.script(`CREATE DATABASE ${name}`);
  url.pathname = `/${name}`;
  const own = await openPostgresql(url.href, loadConfig());
  await migrate(own);
  if (prepare) await own.script(prepare);
  await own.close();
  await admin.script("CHECKPOINT");
  await admin.close();
  return url.href;
}
