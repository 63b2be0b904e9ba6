import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const POSTGRAPHILE = "postgraphile@5.1.5";
/** The Node version that PostGraphile 5 requires, and the one to install for all servers if this process is older. */
const OLDEST_NODE = 22;
const NEWER_NODE = "node@24.21.0";

export interface PeerInstallation {
  /** folder of node_modules with postgraphile */
  readonly folder: string;
  /** the Node binary for all servers */
  readonly node: string;
  remove(): void;
}

/** Installs PostGraphile from npm in a temporary folder, and a newer Node if this one is too old for it. */
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
