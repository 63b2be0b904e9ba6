import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { PACKAGE_ROOT } from "../../src/config";
import { writeStarTable } from "../support/star-table";

const CLI = path.join(PACKAGE_ROOT, "dist/src/cli/main.js");

/** A command with a data folder of its own, on the embedded database. */
function asterism(dataDir: string, ...words: string[]): ChildProcess {
  const environment = { PATH: process.env.PATH, ASTERISM_DATA_DIR: dataDir };
  return spawn(process.execPath, [CLI, ...words], { env: environment, stdio: ["ignore", "pipe", "pipe"] });
}

async function output(command: ChildProcess): Promise<{ status: number | null; json: unknown }> {
  let text = "";
  command.stdout!.on("data", (chunk) => {
    text += chunk;
  });
  const [status] = await once(command, "close");
  return { status, json: JSON.parse(text) };
}

const train = (table: string, epochs: number) =>
  `train sos-mlp --data ${table} --members 1 --width 16 --depth 2 --epochs ${epochs} --backend wasm --threads 1`.split(" ");

test("a training that is killed registers nothing, and run again ends as if it had not been", async () => {
  const table = await writeStarTable(400);
  const dataDir = await mkdtemp(path.join(os.tmpdir(), "asterism-killed-"));

  const killed = asterism(dataDir, ...train(table, 5000));
  await once(killed.stderr!, "data"); // the first epochs are done
  killed.kill("SIGKILL");
  await once(killed, "close");
  expect(await output(asterism(dataDir, "models", "list", "--json"))).toMatchObject({ status: 0, json: [] });

  const again = await output(asterism(dataDir, ...train(table, 2), "--json"));
  const undisturbedDir = await mkdtemp(path.join(os.tmpdir(), "asterism-undisturbed-"));
  const undisturbed = await output(asterism(undisturbedDir, ...train(table, 2), "--json"));
  const { version, sha256 } = undisturbed.json as { version: number; sha256: string };
  expect(again).toMatchObject({ status: 0, json: { model: "sos-mlp", version, sha256 } });
});

test("an interrupted training registers the best so far and ends with status 130", async () => {
  const table = await writeStarTable(400);
  const dataDir = await mkdtemp(path.join(os.tmpdir(), "asterism-interrupted-"));
  const command = asterism(dataDir, ...train(table, 5000));
  await once(command.stderr!, "data");
  command.kill("SIGINT");
  const [status] = await once(command, "close");
  expect(status).toBe(130);
  const { json } = await output(asterism(dataDir, "models", "show", "sos-mlp", "--json"));
  expect(json).toMatchObject({ name: "sos-mlp", versions: [{ version: 1, manifest: { settings: { interrupted: true } } }] });
});
