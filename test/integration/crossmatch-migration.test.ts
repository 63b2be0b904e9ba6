import { cpSync, readdirSync } from "node:fs";
import path from "node:path";
import { crossmatchesOf } from "../../src/catalogue/crossmatch";
import { matchCatalogue } from "../../src/catalogue/position-match/stored/match-catalogue";
import { PACKAGE_ROOT } from "../../src/config";
import { openEmbedded } from "../../src/database/embedded";
import { migrate } from "../../src/database/migrate";
import { pixelAt, sourceIdOf } from "../../src/science/sky/healpix";
import { temporaryFolder } from "../support/table-files";

const folder = temporaryFolder();
const MIGRATIONS = path.join(PACKAGE_ROOT, "prisma/migrations");
const STAR = sourceIdOf(pixelAt(10, 20), 1, 0);
const NOTHING_MORE = {
  separationError: null,
  significance: null,
  rank: null,
  neighbours: null,
  mates: null,
  bestForStar: null,
  radius: null,
  flags: [],
};

test("matches and positions of the version before stay as they are, and its objects can be matched", async () => {
  const before = path.join(folder.path, "migrations");
  for (const name of readdirSync(MIGRATIONS).filter((one) => one < "20261201150000"))
    cpSync(path.join(MIGRATIONS, name), path.join(before, name), { recursive: true });
  const database = await openEmbedded(null);
  try {
    await migrate(database, before);
    await database.script(`INSERT INTO catalogue (id, name, title, bands) VALUES (1, 'old', 'Old', '{}');
      INSERT INTO star (release, source_id, ra, dec, ref_epoch) VALUES (3, ${STAR}, 10, 20, 2016);
      INSERT INTO catalogue_object (catalogue_id, object_id, ra, dec) VALUES (1, 'a', 10, 20), (1, 'b', 10, 20), (1, 'c', NULL, NULL);
      INSERT INTO crossmatch (release, source_id, catalogue_id, object_id, method) VALUES (3, ${STAR}, 1, 'a', 'identifier')`);
    await migrate(database);
    const identified = { catalogue: "old", objectId: "a", separation: null, method: "identifier", ...NOTHING_MORE };
    expect(await crossmatchesOf(database, 3, [STAR])).toEqual([[identified]]);
    const settings = { release: 3, radiusArcsec: 1, epoch: null, errorArcsec: null } as const;
    expect(await matchCatalogue(database, "old", settings)).toMatchObject({ objects: 1, matched: 1 });
    expect(await crossmatchesOf(database, 3, [STAR])).toEqual([
      [identified, expect.objectContaining({ objectId: "b", method: "position", separation: 0, flags: ["NO_EPOCH"] })],
    ]);
  } finally {
    await database.close();
  }
});
