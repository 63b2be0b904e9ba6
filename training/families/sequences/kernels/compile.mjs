// Compiles the recurrent kernels (AssemblyScript) to WebAssembly where they are newer than the last build.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const source = new URL("assembly/", import.meta.url);
const target = new URL("../../../../dist/training/families/sequences/kernels/kernels.wasm", import.meta.url);
const modified = (url) => statSync(url, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const newest = Math.max(modified(import.meta.url), ...readdirSync(source).map((file) => modified(new URL(file, source))));
if (modified(target) > newest) process.exit(0);

mkdirSync(new URL(".", target), { recursive: true });
const compiler = createRequire(import.meta.url).resolve("assemblyscript/bin/asc.js");
const options = ["-O3", "--noAssert", "--runtime", "stub", "--enable", "simd", "--importMemory"];
const { status } = spawnSync(
  process.execPath,
  [compiler, fileURLToPath(new URL("index.ts", source)), "--outFile", fileURLToPath(target), ...options],
  { stdio: ["ignore", "ignore", "inherit"] },
);
process.exit(status ?? 1);
