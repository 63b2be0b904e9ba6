// Deletes what installed packages bring and asterism never reads: `npm ci` runs it last, and the container image's build.
// Nothing depends on it: where a package's layout changes, less is deleted. docs/operations.md has the sizes.
import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Paths within node_modules. */
const NEEDLESS = [
  // Source maps of packages: a quarter of everything.
  /\.map$/,
  // ONNX Runtime for all other platforms and processors.
  new RegExp(`^onnxruntime-node/bin/napi-v\\d+/(?!${process.platform}/${process.arch}/)`),
  // TensorFlow.js for browsers and apps; Node loads the files named .node.js.
  /^@tensorflow\/[^/]+\/dist\/miniprogram\//,
  /^@tensorflow\/[^/]+\/dist\/[^/]+\.(es2017|fesm)(\.min)?\.js$/,
  // Tools of the command line; AssemblyScript calls the library.
  /^binaryen\/bin\/wasm/,
  // Prisma for other databases, and its smaller and slower compiler of queries.
  /^@prisma\/client\/runtime\/query_compiler_(fast_bg\.(?!postgresql)|small)/,
];

/** @param {string} folder a node_modules */
export function trim(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, file).replaceAll(path.sep, "/");
    if (entry.isFile() && NEEDLESS.some((pattern) => pattern.test(name))) rmSync(file);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) trim(fileURLToPath(new URL("../../node_modules", import.meta.url)));
