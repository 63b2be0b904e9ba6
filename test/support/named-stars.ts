import type { Database } from "../../src/database/database";

/** Beyond 2^53: a JSON number would end in 384000. */
export const BRIGHT_STAR = 6917528997577384321n;

/** A handful of stars with ties and gaps, two catalogues, and what they say of the first star. */
export async function insertNamedStars(database: Database): Promise<void> {
  await database.script(`
    INSERT INTO star (release, source_id, synthetic, ra, dec, parallax, phot_g_mean_mag, bp_rp, teff_gspphot, ruwe) VALUES
      (3, ${BRIGHT_STAR}, false, 359.5, -10, 12.25, 5.1, 0.8, 5800, NULL),
      (3, 101, true, 0.5, 10, NULL, 12.3, NULL, NULL, NULL),
      (3, 102, false, 10, 20, 1.5, 12.3, 1.1, 4700, NULL),
      (3, 103, false, 180, -80, -0.2, NULL, NULL, NULL, NULL),
      (3, 104, false, 200, 45, 0.5, 15, 1.1, NULL, 'NaN'),
      (2, 101, false, 1, 1, 7, 9, 0.5, NULL, NULL);
    INSERT INTO catalogue (id, name, title, synthetic, bands, mag_system) VALUES
      (1, 'skymapper-test', 'SkyMapper, a test', false, '{u,v,g}', 'AB'),
      (2, 'apogee-test', 'APOGEE, a test', false, '{}', NULL),
      (3, 'galah-test', 'GALAH, a test', true, '{}', NULL);
    INSERT INTO crossmatch (release, source_id, catalogue_id, object_id, separation, method) VALUES
      (3, ${BRIGHT_STAR}, 1, 'SM1', 0.25, 'position'), (3, ${BRIGHT_STAR}, 2, '2M1', NULL, 'identifier');
    INSERT INTO photometry (catalogue_id, object_id, release, source_id, mag, mag_error) VALUES
      (1, 'SM1', 3, ${BRIGHT_STAR}, '{6.5,NULL,5.75}', '{0.5,NULL,NULL}');
    INSERT INTO survey_label (catalogue_id, object_id, release, source_id, teff, teff_error, feh, flags) VALUES
      (2, '2M1', 3, ${BRIGHT_STAR}, 5777, 50, 0.125, 9007199254740993),
      (3, 'G1', 3, ${BRIGHT_STAR}, 5700, NULL, NULL, 0),
      (2, '2M2', 3, 102, 4750, 60, -0.5, 0);
    INSERT INTO catalogue_label (id, catalogue_id, name, unit) VALUES (1, 2, 'mgFe', 'dex'), (2, 2, 'chi2', NULL);
    INSERT INTO survey_label_value (catalogue_id, object_id, label_id, release, source_id, value, error, flag) VALUES
      (2, '2M1', 1, 3, ${BRIGHT_STAR}, 0.25, 0.125, 9007199254740993), (2, '2M1', 2, 3, ${BRIGHT_STAR}, 1.5, NULL, NULL),
      (2, '2M2', 1, 3, 102, 0.5, NULL, NULL);`);
}
