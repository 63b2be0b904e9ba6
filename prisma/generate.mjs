// Generates the Prisma client (types and administration queries) when schema.prisma is newer than the last one.
// No database and no download is needed: generation never runs the native schema engine, so any executable
// may stand in its place, which keeps the CLI from trying to fetch one.
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { createRequire } from "node:module";

const root = new URL("../", import.meta.url);
const modified = (path) => statSync(new URL(path, root), { throwIfNoEntry: false })?.mtimeMs ?? 0;
const generated = modified("src/database/generated/client.ts");
if (generated > modified("prisma/schema.prisma") && generated > modified("package-lock.json")) process.exit(0);

const cli = createRequire(import.meta.url).resolve("prisma/build/index.js");
const { status, stderr } = spawnSync(process.execPath, [cli, "generate", "--no-hints"], {
  cwd: root,
  stdio: ["ignore", "ignore", "pipe"],
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1" },
});
if (status !== 0) process.stderr.write(stderr ?? "prisma generate did not start\n");
process.exit(status ?? 1);
