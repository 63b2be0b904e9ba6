import type { Database } from "../../src/database/database";
import { Registry } from "../../src/models/registry/registry";
import { overriddenStudy } from "../../training/values/study/overrides";
import { readStudy } from "../../training/values/study/parse-study";
import { trainStudy } from "../../training/values/study/train-study";
import { type Installation, makeInstallation } from "../support/installation";
import { writeStarTable } from "../support/star-table";
import { temporaryFolder } from "../support/table-files";

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

const folder = temporaryFolder();
const STUDY = folder.write(
  "small.yaml",
  `name: small
mapping: rave-apogee-photometry
labels: { names: [teff] }
inputs: [BP - RP, J - Ks]
gaps: { copies: 0, apart: 1 }
folds: 3
family: mlp
`,
);

const settings = (epochs: number) => ["networks=1", "width=16", "depth=2", `epochs=${epochs}`, `patience=${epochs}`];

const command = (epochs: number) => [
  ...["train", STUDY, "--data", table, "--backend", "wasm", "--threads", "1"],
  ...settings(epochs).flatMap((setting) => ["--set", setting]),
];

test("a training that is killed registers nothing, and run again ends as if it had not been", async () => {
  const killed = installation.start(...command(1000));
  await killed.written(/epoch \d/);
  killed.child.kill("SIGKILL");
  await killed.ended;

  const again = await installation.start(...command(2), "--json").ended;
  expect(again).toMatchObject({ status: 0 });
  database = await installation.open();
  const registry = new Registry(database, installation.dataDir);
  const registered = await registry.show("small");
  expect(registered.versions).toMatchObject([{ version: 1, aliases: ["champion"] }]);

  const study = overriddenStudy(readStudy(STUDY, table), { settings: settings(2) });
  const undisturbed = await trainStudy(database, installation.dataDir, study, { data: table, backend: "wasm", threads: 1 });
  expect(undisturbed.version.sha256).toBe(registered.versions[0]!.sha256);
});

test("an interrupted training registers the best so far and ends with status 130", async () => {
  const interrupted = installation.start(...command(1000));
  await interrupted.written(/epoch \d/);
  interrupted.child.kill("SIGINT");
  expect(await interrupted.ended).toMatchObject({ status: 130, stderr: expect.stringContaining("registered as small@1") });
  database = await installation.open();
  const { manifest } = await new Registry(database, installation.dataDir).resolve("small");
  expect(manifest.settings).toMatchObject({ interrupted: true });
});
