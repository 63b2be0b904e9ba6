import { existsSync } from "node:fs";
import path from "node:path";
import { openEmbedded } from "../../src/database/embedded";
import { temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();

test("a database folder whose making was killed is made anew, and keeps what is written from then on", async () => {
  folder.write("database.unfinished", "half a file");
  const first = await openEmbedded(folder.path);
  expect(existsSync(path.join(folder.path, "database.unfinished"))).toBe(false);
  await first.script("CREATE TABLE kept (n int); INSERT INTO kept VALUES (42)");
  await first.close();
  const second = await openEmbedded(folder.path);
  expect(await second.query("SELECT n FROM kept")).toEqual([{ n: 42 }]);
  await second.close();
});
