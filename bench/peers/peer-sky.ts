import { STAR_COLUMNS } from "../../src/catalogue/star";
import { loadConfig } from "../../src/config";
import { migrate } from "../../src/database/migrate";
import { openPostgresql } from "../../src/database/postgresql";

/** Stars of DR3, in the order of their ids. */
export const STARS = 200_000;
/** The last id is still a pixel of HEALPix level 12. */
const STEP = 17_592_186_044_416n;

/** @returns the source_id of the n-th star, from 1 */
export const sourceIdOf = (n: number): string => (BigInt(n) * STEP).toString();

/**
 * Declares the relations of the tables for PostGraphile. The database has no such foreign keys, because rows of different
 * releases and catalogues are ingested in any order.
 */
const RELATIONS = `
  COMMENT ON TABLE survey_label IS E'@foreignKey (release, source_id) references star (release, source_id)|@foreignFieldName surveyLabels\\n@foreignKey (catalogue_id) references catalogue (id)|@fieldName catalogue';
  COMMENT ON TABLE crossmatch IS E'@foreignKey (release, source_id) references star (release, source_id)|@foreignFieldName crossmatches\\n@foreignKey (catalogue_id) references catalogue (id)|@fieldName catalogue'`;

/** Fills an empty database: each star has labels of one or two surveys and two or three cross-matches. */
export async function fillPeerSky(url: string): Promise<void> {
  const database = await openPostgresql(url, loadConfig());
  const measured = Object.values(STAR_COLUMNS).filter(
    ({ type, sql }) => type.startsWith("float") && !["ra", "dec", "ref_epoch"].includes(sql),
  );
  const columns = measured.map(({ sql }) => sql);
  const stars = `generate_series(1, ${STARS}) n`;
  const id = `n * ${STEP}::int8`;
  try {
    await migrate(database);
    await database.script(`
      SELECT setseed(0.5);
      INSERT INTO star (release, source_id, ra, dec, ${columns}) SELECT 3, ${id}, 360 * random(), 180 * random() - 90, ${columns.map(() => "20 * random()")} FROM ${stars};
      INSERT INTO catalogue (id, name, title, bands) VALUES (1, 'apogee-bench', 'A', '{}'), (2, 'galah-bench', 'B', '{}'), (3, 'twomass-bench', 'C', '{}');
      INSERT INTO survey_label (catalogue_id, object_id, release, source_id, teff, teff_error, logg, feh)
        SELECT c, 'object ' || n, 3, ${id}, 3500 + 4000 * random(), 100 * random(), 5 * random(), random() - 1 FROM ${stars}, generate_series(1, 2) c WHERE c = 1 OR n % 2 = 0;
      INSERT INTO crossmatch (release, source_id, catalogue_id, object_id, separation, method)
        SELECT 3, ${id}, c, 'object ' || n, CASE c WHEN 3 THEN random() END, CASE c WHEN 3 THEN 'position' ELSE 'identifier' END
          FROM ${stars}, generate_series(1, 3) c WHERE c <> 2 OR n % 2 = 0;
      ${RELATIONS};`);
    await database.script("VACUUM ANALYZE");
  } finally {
    await database.close();
  }
}
