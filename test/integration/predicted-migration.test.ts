import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PACKAGE_ROOT } from "../../src/config";
import { openEmbedded } from "../../src/database/embedded";
import { migrate } from "../../src/database/migrate";

const FOLDER = path.join(PACKAGE_ROOT, "prisma/migrations");
const MIGRATION = "20261201100000_predicted_classes_and_vectors";

test("versions that were registered before keep their labels and get a place for classes and vectors", async () => {
  const earlier = mkdtempSync(path.join(tmpdir(), "asterism-migrations-"));
  const database = await openEmbedded(null);
  try {
    for (const name of readdirSync(FOLDER).filter((one) => one < MIGRATION))
      cpSync(path.join(FOLDER, name), path.join(earlier, name), { recursive: true });
    await migrate(database, earlier);
    await database.script(`
      INSERT INTO model (name, recipe) VALUES ('old', 'sos-mlp');
      INSERT INTO model_version (id, model_name, version, manifest, sha256, manifest_sha256, bytes, synthetic) VALUES (7, 'old', 1, '{}', '', '', 1, false);
      CREATE TABLE predicted_label_v7 PARTITION OF predicted_label FOR VALUES IN (7);
      INSERT INTO predicted_label VALUES (7, 3, 1, 'teff', 5000, 90, 0)`);
    expect(await migrate(database)).toContain(MIGRATION);
    expect(await database.query("SELECT value FROM predicted_label_v7")).toEqual([{ value: 5000 }]);
    await database.script(`
      INSERT INTO predicted_class VALUES (7, 3, 1, 'type', 'RRab', 1, '{1}', 0);
      INSERT INTO predicted_vector VALUES (7, 3, 1, 'embedding', '[1,2]', 0)`);
    expect(await database.query("SELECT class FROM predicted_class_v7")).toEqual([{ class: "RRab" }]);
    expect(await database.query("SELECT vector::real[] AS vector FROM predicted_vector_v7")).toEqual([{ vector: [1, 2] }]);
  } finally {
    await database.close();
    rmSync(earlier, { recursive: true, force: true });
  }
});
