import type { Database } from "../../src/database/database";
import { Registry } from "../../src/models/registry/registry";
import { overriddenStudy } from "../../training/values/study/overrides";
import { readStudy } from "../../training/values/study/parse-study";
import { trainStudy } from "../../training/values/study/train-study";
import { type Installation, makeInstallation } from "../support/installation";
import { writeStarTable } from "../support/star-table";

let installation: Installation;
let table: string;
let database: Database;

beforeEach(async () => {
  table = await writeStarTable(400);
  installation = await makeInstallation();
});
afterEach(async () => {
  await database.close();
  await installation.remove();
});

const settings = (epochs: number) => ["networks=1", "width=16", "depth=2", `epochs=${epochs}`, `patience=${epochs}`];

const command = (epochs: number) => [
  ...["train", "sos-mlp", "--data", table, "--backend", "wasm", "--threads", "1"],
  ...settings(epochs).flatMap((setting) => ["--set", setting]),
];

test("a training that is killed registers nothing, and run again ends as if it had not been", async () => {
  const killed = installation.start(...command(5000));
  await killed.written(/epoch 1/);
  killed.child.kill("SIGKILL");
  await killed.ended;

  const again = await installation.start(...command(2), "--json").ended;
  expect(again).toMatchObject({ status: 0 });
  database = await installation.open();
  const registry = new Registry(database, installation.dataDir);
  const registered = await registry.show("sos-mlp");
  expect(registered.versions).toMatchObject([{ version: 1, aliases: ["champion"] }]);

  const study = overriddenStudy(readStudy("sos-mlp", table), settings(2), null);
  const undisturbed = await trainStudy(database, installation.dataDir, study, { data: table, backend: "wasm", threads: 1 });
  expect(undisturbed.version.sha256).toBe(registered.versions[0]!.sha256);
});

test("an interrupted training registers the best so far and ends with status 130", async () => {
  const interrupted = installation.start(...command(5000));
  await interrupted.written(/epoch 1/);
  interrupted.child.kill("SIGINT");
  expect(await interrupted.ended).toMatchObject({ status: 130, stderr: expect.stringContaining("registered as sos-mlp@1") });
  database = await installation.open();
  const { manifest } = await new Registry(database, installation.dataDir).resolve("sos-mlp");
  expect(manifest.settings).toMatchObject({ interrupted: true });
});
