import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { loadConfig, PACKAGE_ROOT } from "../../src/config";
import { connect } from "../../src/database/connect";
import type { Database } from "../../src/database/database";
import { openPostgresql } from "../../src/database/postgresql";

/** A command of the command line that was started. */
export interface Started {
  readonly child: ChildProcess;
  /** Resolves once what it wrote on standard error so far matches; rejects where it ends without. */
  written(pattern: RegExp): Promise<void>;
  readonly ended: Promise<{ readonly status: number | null; readonly stdout: string; readonly stderr: string }>;
}

/**
 * A data folder and a database that spawned commands open by themselves: the embedded one on disk, or one of its
 * own on the server that ASTERISM_TEST_DATABASE_URL names.
 */
export interface Installation {
  readonly dataDir: string;
  open(): Promise<Database>;
  start(...command: string[]): Started;
  /** With environment variables that win over the installation's. */
  startWith(environment: Readonly<Record<string, string>>, ...command: string[]): Started;
  remove(): Promise<void>;
}

function start(environment: Record<string, string>, command: readonly string[]): Started {
  const child = spawn(process.execPath, [path.join(PACKAGE_ROOT, "dist/src/cli/main.js"), ...command], {
    env: { ...process.env, DATABASE_URL: "", ...environment },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve)).then((status) => ({ status, stdout, stderr }));
  return {
    child,
    ended,
    written: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => pattern.test(stderr) && resolve();
        child.stderr.on("data", look);
        look();
        void ended.then(() => reject(new Error(`It ended without writing ${pattern}: ${stderr}`)));
      }),
  };
}

export async function makeInstallation(): Promise<Installation> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "asterism-installation-"));
  const server = process.env.ASTERISM_TEST_DATABASE_URL;
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const url = server ? new URL(`/${name}`, server).href : null;
  const own: Record<string, string> = { ASTERISM_DATA_DIR: dataDir, ...(url && { DATABASE_URL: url }) };
  const onServer = async (sql: string) => {
    if (!server) return;
    const admin = await openPostgresql(server, loadConfig());
    await admin.script(sql);
    await admin.close();
  };
  await onServer(`CREATE DATABASE ${name}`);
  return {
    dataDir,
    open: () => connect(loadConfig({ dataDir, databaseUrl: url, poolSize: 4 })),
    start: (...command) => start(own, command),
    startWith: (environment, ...command) => start({ ...own, ...environment }, command),
    async remove() {
      await onServer(`DROP DATABASE ${name} WITH (FORCE)`);
      rmSync(dataDir, { recursive: true });
    },
  };
}
