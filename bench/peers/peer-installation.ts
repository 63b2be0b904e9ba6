import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const POSTGRAPHILE = "postgraphile@5.1.5";
/** What PostGraphile 5 asks of Node, and what is installed for every server of the run where this process is older. */
const OLDEST_NODE = 22;
const NEWER_NODE = "node@24.21.0";

export interface PeerInstallation {
  /** holds node_modules with postgraphile */
  readonly folder: string;
  /** the binary that all servers of the run are started with */
  readonly node: string;
  remove(): void;
}

/** Installs the peer from npm into a temporary folder, and a newer Node beside it where this one is too old for it. */
export function installPeer(): PeerInstallation {
  const folder = mkdtempSync(path.join(tmpdir(), "asterism-bench-peers-"));
  const isOld = Number.parseInt(process.versions.node, 10) < OLDEST_NODE;
  writeFileSync(path.join(folder, "package.json"), '{ "private": true }\n');
  const packages = isOld ? [POSTGRAPHILE, NEWER_NODE] : [POSTGRAPHILE];
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", ...packages], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const node = isOld ? path.join(folder, "node_modules/node/bin/node") : process.execPath;
  return { folder, node, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
