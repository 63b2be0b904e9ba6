import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Installation, makeInstallation } from "../support/installation";
import { temporaryFolder } from "../support/table-files";

const STARS = 100_000;
const folder = temporaryFolder();
let installation: Installation;
beforeAll(async () => {
  installation = await makeInstallation();
  const database = await installation.open();
  await database.script(`INSERT INTO star (release, source_id, ra, dec) SELECT 3, id, 1, 1 FROM generate_series(1, ${STARS}) id`);
  await database.close();
});
afterAll(() => installation.remove());

const ids = folder.write("ids.csv", `source_id\n${Array.from({ length: STARS }, (_, n) => n + 1).join("\n")}\n`);

test.each([
  ["export", ["stars"], "stars.csv"],
  ["lookup", [ids], "found.csv"],
])(
  "%s leaves no file under its name when it is killed, and a whole one when it is run again",
  async (command, given, name) => {
    const output = path.join(folder.path, name);
    const first = installation.start(command, ...given, "--output", output);
    await first.written(/ [1-3]0% /);
    first.child.kill("SIGKILL");
    expect((await first.ended).status).toBeNull();
    expect(existsSync(output)).toBe(false);
    expect(await installation.start(command, ...given, "--output", output, "--json").ended).toMatchObject({ status: 0 });
    const lines = readFileSync(output, "utf8").split("\n");
    expect([lines.length, lines[1]?.split(",")[0], lines.at(-2)?.split(",")[0]]).toEqual([STARS + 2, "1", String(STARS)]);
    expect(readdirSync(folder.path).filter((file) => file.startsWith(name))).toEqual([name]);
  },
  120_000,
);
