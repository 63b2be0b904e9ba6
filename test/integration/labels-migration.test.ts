import { cpSync, readdirSync } from "node:fs";
import path from "node:path";
import { surveyLabelsOf } from "../../src/catalogue/survey-label";
import { PACKAGE_ROOT } from "../../src/config";
import { openEmbedded } from "../../src/database/embedded";
import { migrate } from "../../src/database/migrate";
import { temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
const MIGRATIONS = path.join(PACKAGE_ROOT, "prisma/migrations");

test("abundances that were kept as JSON are labels like others after the migration", async () => {
  const before = path.join(folder.path, "migrations");
  for (const name of readdirSync(MIGRATIONS).filter((one) => one < "20261201"))
    cpSync(path.join(MIGRATIONS, name), path.join(before, name), { recursive: true });
  const database = await openEmbedded(null);
  try {
    expect(await migrate(database, before)).toHaveLength(2);
    await database.script(`INSERT INTO catalogue (id, name, title, bands) VALUES (1, 'old', 'Old', '{}'), (2, 'older', 'Older', '{}');
      INSERT INTO survey_label (catalogue_id, object_id, release, source_id, teff, more) VALUES
        (1, 'a', 3, 11, 5000, '{"mgFe": [0.25, 0.125], "siFe": [0.5, null]}'), (1, 'b', 3, 12, 5100, NULL),
        (1, 'c', NULL, NULL, NULL, '{"mgFe": [null, 0.5]}'), (2, 'a', 3, 11, NULL, '{"mgFe": [-1, 0.5]}')`);
    expect(await migrate(database)).not.toEqual([]);
    const labels = await surveyLabelsOf(database, 3, [11n, 12n]);
    const none = { flag: null };
    expect(labels.map((surveys) => surveys.map(({ survey, labels: all }) => [survey, all]))).toEqual([
      [
        [
          "old",
          [
            { ...none, name: "teff", value: 5000, error: null, unit: "K" },
            { ...none, name: "mgFe", value: 0.25, error: 0.125, unit: "dex" },
            { ...none, name: "siFe", value: 0.5, error: null, unit: "dex" },
          ],
        ],
        ["older", [{ ...none, name: "mgFe", value: -1, error: 0.5, unit: "dex" }]],
      ],
      [["old", [{ ...none, name: "teff", value: 5100, error: null, unit: "K" }]]],
    ]);
    expect(await database.query("SELECT count(*)::int4 AS n FROM survey_label_value")).toEqual([{ n: 3 }]);
  } finally {
    await database.close();
  }
});
