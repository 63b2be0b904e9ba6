import type { Queries } from "../../src/database/database";

/**
 * Puts stars 1000, 1001, ... of DR3 into the catalogue, with Gaia photometry and parallaxes, every third with
 * SkyMapper (bands in another order than ours, v never measured) and every tenth without any measurement.
 */
export async function insertStars(queries: Queries, count: number, first = 1000): Promise<void> {
  await queries.query(
    `INSERT INTO star (release, source_id, ra, dec, parallax, phot_bp_mean_mag, phot_rp_mean_mag, teff_gspphot, teff_gspphot_lower, teff_gspphot_upper, ebv)
     SELECT 3, id, 10, -30, CASE WHEN id % 10 > 0 THEN (id % 7) / 2.0 END, CASE WHEN id % 10 > 0 THEN 12 + (id % 5) / 4.0 END,
            CASE WHEN id % 10 > 0 THEN 11 END, 5000, 4900, 5060, 0.1
       FROM generate_series($1::int8, $1::int8 + $2 - 1) id`,
    [first, count],
  );
  await queries.query(
    `INSERT INTO catalogue (name, title, bands, mag_system) VALUES ('skymapper', 'SkyMapper', '{z,v,u,g,r,i}', 'AB') ON CONFLICT DO NOTHING`,
  );
  await queries.query(
    `INSERT INTO photometry (catalogue_id, object_id, release, source_id, mag, mag_error)
     SELECT c.id, source_id, 3, source_id, ARRAY[15.5, NULL, 18.25, 16, 15.75, 15.625], ARRAY[0.5, NULL, 0.25, 0.125, 0.0625, 0.03125]
       FROM star, catalogue c WHERE c.name = 'skymapper' AND source_id % 3 = 0 ON CONFLICT DO NOTHING`,
  );
}

/** The same stars' SkyMapper photometry as a feature set reads it. */
export const SKYMAPPER_ROW = {
  skymapperU: 18.25,
  skymapperV: null,
  skymapperZ: 15.5,
  skymapperUError: 0.25,
} as const;
