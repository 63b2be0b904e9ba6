// Generates the Prisma client (types and administration queries) when schema.prisma is newer than the last one.
// Prisma's generator is called without its command line, which is five times as large: it brings a database browser, a local
// server and drivers, and would download an engine.
import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);
const modified = (path) => statSync(new URL(path, root), { throwIfNoEntry: false })?.mtimeMs ?? 0;
const generated = modified("src/database/generated/client.ts");
if (generated > modified("prisma/schema.prisma") && generated > modified("package-lock.json")) process.exit(0);

const require = createRequire(import.meta.url);
const { PrismaClientTsGenerator } = require("@prisma/client-generator-ts");
const { getGenerator, loadSchemaContext } = require("@prisma/internals");
const schemaPath = { cliProvidedPath: fileURLToPath(new URL("schema.prisma", import.meta.url)) };
const generator = await getGenerator({
  schemaContext: await loadSchemaContext({ schemaPath, printLoadMessage: false }),
  registry: { "prisma-client": { type: "in-process", generator: new PrismaClientTsGenerator() } },
  skipDownload: true,
});
await generator.generate();
generator.stop();
