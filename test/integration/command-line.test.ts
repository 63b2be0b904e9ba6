import { type Installation, makeInstallation } from "../support/installation";

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
