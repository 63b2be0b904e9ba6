import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { AppError } from "../src/errors";
import { freePort } from "./free-port";

const DEBIAN_FOLDER = "/usr/lib/postgresql";

/** The folder of the newest PostgreSQL server binaries on this machine. */
function findBinaries(): string {
  const versions = existsSync(DEBIAN_FOLDER) ? readdirSync(DEBIAN_FOLDER).sort((a, b) => Number(b) - Number(a)) : [];
  const onPath = (process.env.PATH ?? "").split(path.delimiter);
  const folders = [...versions.map((version) => path.join(DEBIAN_FOLDER, version, "bin")), ...onPath];
  const found = folders.find((folder) => existsSync(path.join(folder, "initdb")));
  if (found) return found;
  throw new AppError("NOT_FOUND", "No PostgreSQL server was found. Install one, or name a database in ASTERISM_BENCH_DATABASE_URL.");
}

export interface BenchServer {
  readonly url: string;
  /** Path of a program of the same installation, such as `psql`. */
  readonly psql: string;
  stop(): void;
}

/** Starts a PostgreSQL server with its own defaults in a new temporary folder; root runs it as user postgres. */
async function startServer(): Promise<BenchServer> {
  const binaries = findBinaries();
  const folder = mkdtempSync(path.join(tmpdir(), "asterism-bench-pg-"));
  const isRoot = process.getuid?.() === 0;
  const run = (program: string, ...args: string[]) => {
    const command = [path.join(binaries, program), ...args];
    const [file, ...rest] = isRoot ? ["runuser", "-u", "postgres", "--", ...command] : command;
    execFileSync(file!, rest, { stdio: ["ignore", "ignore", "inherit"], cwd: folder });
  };
  if (isRoot) execFileSync("chown", ["postgres", folder]);
  chmodSync(folder, 0o700);
  const port = await freePort();
  const data = path.join(folder, "data");
  run("initdb", "-D", data, "-U", "postgres", "-A", "trust");
  run("pg_ctl", "-D", data, "-w", "-l", path.join(folder, "log"), "-o", `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`, "start");
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    psql: path.join(binaries, "psql"),
    stop() {
      run("pg_ctl", "-D", data, "-m", "immediate", "stop");
      rmSync(folder, { recursive: true });
    },
  };
}

/** The server to measure on: that of ASTERISM_BENCH_DATABASE_URL or DATABASE_URL, otherwise a new one. */
export async function benchServer(): Promise<BenchServer> {
  const url = process.env.ASTERISM_BENCH_DATABASE_URL ?? process.env.DATABASE_URL;
  return url ? { url, psql: "psql", stop: () => undefined } : startServer();
}
