import { spawn, spawnSync } from "node:child_process";

/** Runs a program beside this process, whose server it may ask. @returns its status and all that it printed */
export function runBeside(program: string, args: readonly string[]): Promise<{ status: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, output: Buffer.concat(chunks).toString() }));
  });
}

/** `test` where a program is installed, a skipped one that says so where it is not. */
function testWhere(installed: boolean, missing: string): typeof test.skip {
  if (installed) return test;
  return Object.assign((name: string) => test.skip(`${name} (skipped: ${missing})`, () => undefined), test.skip);
}

export const testWithStilts = testWhere(spawnSync("stilts", ["-version"]).status === 0, "STILTS is not installed; Debian: stilts");

const PYTHONS = ["python3", "/usr/bin/python3"];
/** A Python that has pyvo. */
export const PYTHON = PYTHONS.find((python) => spawnSync(python, ["-c", "import pyvo"]).status === 0) ?? "python3";
export const testWithPyvo = testWhere(spawnSync(PYTHON, ["-c", "import pyvo"]).status === 0, "pyvo is not installed; Debian: python3-pyvo");

/** A Python that has DuckDB and pyarrow: `pip install duckdb pyarrow`. */
export const DUCKDB_PYTHON =
  [...PYTHONS, process.env.ASTERISM_TEST_PYTHON ?? "python3"].find(
    (python) => spawnSync(python, ["-c", "import duckdb, pyarrow"]).status === 0,
  ) ?? null;
export const testWithDuckdb = testWhere(DUCKDB_PYTHON !== null, "DuckDB and pyarrow are not installed; pip install duckdb pyarrow");

/** A Python that has ONNX Runtime and pandas: `pip install onnxruntime pandas`. */
export const ONNX_PYTHON =
  [process.env.ASTERISM_TEST_PYTHON ?? "python3", ...PYTHONS].find(
    (python) => spawnSync(python, ["-c", "import onnxruntime, pandas"]).status === 0,
  ) ?? null;
export const testWithOnnxruntime = testWhere(
  ONNX_PYTHON !== null,
  "onnxruntime and pandas are not installed; pip install onnxruntime pandas, and name that Python in ASTERISM_TEST_PYTHON",
);

/** A Python that has astropy, DuckDB and pyarrow: `pip install astropy duckdb pyarrow`. */
export const ASTROPY_PYTHON =
  [process.env.ASTERISM_TEST_PYTHON ?? "python3", ...PYTHONS].find(
    (python) => spawnSync(python, ["-c", "import astropy, duckdb, pyarrow"]).status === 0,
  ) ?? null;
export const testWithAstropy = testWhere(
  ASTROPY_PYTHON !== null,
  "astropy, DuckDB and pyarrow are not installed; pip install astropy duckdb pyarrow",
);
