import { existsSync, symlinkSync } from "node:fs";
import path from "node:path";
import { Rejects } from "../../src/catalogue/ingest/rejects";
import { temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
const columns = [{ name: "a", unit: null, description: null, kind: "text" as const }];

(existsSync("/dev/full") ? test : test.skip)("a full disk fails the file, and not the process", async () => {
  const file = path.join(folder.path, "full.csv");
  symlinkSync("/dev/full", file);
  const rejects = new Rejects(file, columns, 10);
  await rejects.add("it cannot be true", 1, ["1"]);
  await expect(rejects.close()).rejects.toMatchObject({ code: "ENOSPC" });
  await rejects.discard();
  expect(existsSync(file)).toBe(false);
});
