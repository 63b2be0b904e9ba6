import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PACKAGE_ROOT } from "../../src/config";

const own = `${process.platform}/${process.arch}`;
const KEPT = [
  `onnxruntime-node/bin/napi-v6/${own}/libonnxruntime.so.1`,
  "onnxruntime-node/dist/index.js",
  "@tensorflow/tfjs/dist/tf.node.js",
  "@tensorflow/tfjs-core/dist/index.d.ts",
  "binaryen/index.js",
  "@prisma/client/runtime/query_compiler_fast_bg.postgresql.js",
  "@prisma/client/runtime/query_compiler_fast_bg.postgresql.wasm-base64.js",
];
const DELETED = [
  "onnxruntime-node/bin/napi-v6/other/x64/onnxruntime.dll",
  "@tensorflow/tfjs/dist/tf.node.js.map",
  "@tensorflow/tfjs/dist/tf.es2017.min.js",
  "@tensorflow/tfjs/dist/miniprogram/index.js",
  "binaryen/bin/wasm-opt",
  "@prisma/client/runtime/query_compiler_fast_bg.mysql.js",
  "fastify/node_modules/cookie/index.js.map",
];

test("of the installed packages what nothing reads is deleted, and the rest stays", () => {
  const place = mkdtempSync(path.join(tmpdir(), "asterism-trim-"));
  cpSync(path.join(PACKAGE_ROOT, "infra/npm"), path.join(place, "infra/npm"), { recursive: true });
  const file = (name: string) => path.join(place, "node_modules", name);
  for (const name of [...KEPT, ...DELETED]) {
    mkdirSync(path.dirname(file(name)), { recursive: true });
    writeFileSync(file(name), "");
  }
  execFileSync(process.execPath, [path.join(place, "infra/npm/trim.mjs")]);
  expect([...KEPT, ...DELETED].filter((name) => existsSync(file(name)))).toEqual(KEPT);
  rmSync(place, { recursive: true });
});
