import { existsSync } from "node:fs";
import path from "node:path";
import { rowTable, STAR, TRANSITS } from "../support/epoch-photometry";
import { type Installation, makeInstallation } from "../support/installation";
import { writeStarTable } from "../support/star-table";
import { temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
let installation: Installation;
beforeAll(async () => {
  installation = await makeInstallation();
});
afterAll(() => installation.remove());

const end = (...command: string[]) => installation.start(...command).ended;

test.each([
  ["an unknown command", ["nonsense", "--json"], "unknown command 'nonsense'"],
  ["an unknown option", ["status", "--bogus", "--json"], "unknown option '--bogus'"],
  ["a missing argument", ["ingest", "--json"], "missing required argument 'kind'"],
])("%s is bad input, as JSON too", async (_title, command, message) => {
  const { status, stdout, stderr } = await end(...command);
  expect(status).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: "BAD_INPUT", message: expect.stringContaining(message) } });
  expect(stderr).toContain(message);
});

test("an option behind a recipe's name is the recipe's, though `train` has one of the same name", async () => {
  const { status, stderr } = await end("train", "rrl-linear", "--data", folder.path);
  expect({ status, stderr }).toEqual({ status: 3, stderr: expect.stringContaining(`The folder ${folder.path} has no .dat table`) });
});

test.each([
  ["--epochs", "The family svr has no setting 'epochs'"],
  ["--stars", "The setting stars of svr takes a whole number from 20 to 20000"],
])("%s is a setting of the study's family", async (option, fault) => {
  const table = await writeStarTable(200);
  const { status, stderr } = await end("train", "sos-svr", "--data", table, option, "5");
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining(fault) });
});

test.each(["labels.parquet", "labels.vot", "labels.csv.gz"])("predictions, which are CSV, are not written to %s", async (output) => {
  const { status, stderr } = await end("predict", "sos-mlp", "--input", folder.path, "--output", path.join(folder.path, output));
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining("Name a .csv file") });
});

test("help goes to standard output; without a command it goes to standard error", async () => {
  expect(await end("--help")).toMatchObject({ status: 0, stdout: expect.stringContaining("Usage: asterism"), stderr: "" });
  expect(await end()).toMatchObject({ status: 2, stdout: "", stderr: expect.stringContaining("Usage: asterism") });
});

test("config explains every variable where one of them is wrong, and shows no password", async () => {
  const environment = { PORT: "abc", DATABASE_URL: "postgresql://joe:hush hush@[bad/x" };
  const { status, stdout, stderr } = await installation.startWith(environment, "config", "--json").ended;
  const variables = JSON.parse(stdout) as { name: string; problem: string | null }[];
  expect(status).toBe(2);
  expect(variables.filter(({ problem }) => problem !== null).map(({ name }) => name)).toEqual(["PORT", "DATABASE_URL"]);
  expect(stdout + stderr).not.toContain("hush");
});

test("a data folder where nothing can be written is refused, not waited for", async () => {
  const { status, stderr } = await installation.startWith({ DATABASE_URL: "", ASTERISM_DATA_DIR: "/proc/asterism/data" }, "migrate").ended;
  expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining("cannot be made") });
});

test.each([
  ["status"],
  ["models", "list"],
  ["models", "rollback", "any"],
  ["catalogues", "list"],
  ["plot", "light-curve", "1", "--output", "a.svg"],
  ["backfill", "any"],
])("%s what a database holds, and makes none where there is none", async (...command) => {
  const place = path.join(folder.path, "elsewhere");
  const { status, stderr } = await installation.startWith({ DATABASE_URL: "", ASTERISM_DATA_DIR: place }, ...command).ended;
  expect({ status, stderr }).toEqual({ status: 3, stderr: expect.stringContaining(`There is no embedded database in ${place}`) });
  expect(existsSync(place)).toBe(false);
});

test("a command that brings data in says where it makes a database", async () => {
  const place = path.join(folder.path, "new");
  const { status, stderr } = await installation.startWith({ DATABASE_URL: "", ASTERISM_DATA_DIR: place }, "ingest", "gaia", "absent").ended;
  expect({ status, stderr }).toEqual({ status: 3, stderr: expect.stringContaining(`making a new embedded database in ${place}`) });
});

test("a light curve that another release has is plotted once --release names it", async () => {
  const file = folder.write("dr2.csv", rowTable(TRANSITS));
  const figure = path.join(folder.path, "dr2.svg");
  expect(await end("ingest", "light-curves", file, "--release", "DR2")).toMatchObject({ status: 0 });
  const plotted = (id: string, ...options: string[]) => end("plot", "light-curve", id, "--output", figure, ...options);
  const advice = expect.stringContaining("--release 2");
  expect(await plotted(String(STAR))).toMatchObject({ status: 3, stderr: advice });
  expect(await plotted(`Gaia DR2 ${STAR}`)).toMatchObject({ status: 2, stderr: advice });
  expect(await plotted(`Gaia DR2 ${STAR}`, "--release", "2")).toMatchObject({ status: 0 });
});

test("what could not be taken in is told on standard error, and a file of nothing but rejected rows is not taken in", async () => {
  const good = folder.write("good.csv", "source_id,ra,dec,parallax\n6917528997577384321,10,10,1\n");
  const bad = folder.write("bad.csv", "source_id,ra,dec,parallax\n5,400,10,1\n");
  expect(await end("ingest", "gaia", good, "absent.csv")).toMatchObject({
    status: 3,
    stdout: expect.stringMatching(/^\S+good.csv \(gaia\): read 1, inserted 1.*\n$/),
    stderr: expect.stringContaining("absent.csv (gaia): FAILED"),
  });
  const { status, stdout, stderr } = await end("ingest", "gaia", good, bad, "--json");
  expect(JSON.parse(stdout)).toMatchObject([{ unchanged: 1 }, { rejected: 1, reasons: { "ra outside 0 to 360 deg": 1 } }]);
  expect({ status, stderr }).toEqual({ status: 2, stderr: `asterism: ${bad}: every row was rejected, for the reasons above.\n` });
});
