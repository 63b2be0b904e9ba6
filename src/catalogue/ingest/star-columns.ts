import type { SqlType } from "./column";

type Columns = Readonly<Record<string, SqlType>>;

const reals = (...names: readonly string[]): Columns => Object.fromEntries(names.map((name) => [name, "real"]));

/** Columns of a Gaia source table that are kept, under the archive's own names, with the type of the `star` table. */
export const GAIA_COLUMNS: Columns = {
  ref_epoch: "double precision",
  ra: "double precision",
  dec: "double precision",
  parallax: "double precision",
  pmra: "double precision",
  pmdec: "double precision",
  ...reals("ra_error", "dec_error", "parallax_error", "pmra_error", "pmdec_error", "ruwe"),
  astrometric_params_solved: "smallint",
  ...reals("phot_g_mean_mag", "phot_g_mean_flux_over_error", "phot_bp_mean_mag", "phot_bp_mean_flux_over_error"),
  ...reals("phot_rp_mean_mag", "phot_rp_mean_flux_over_error", "bp_rp", "phot_bp_rp_excess_factor"),
  phot_variable_flag: "text",
  non_single_star: "smallint",
  ...reals("radial_velocity", "radial_velocity_error"),
  ...reals("teff_gspphot", "teff_gspphot_lower", "teff_gspphot_upper"),
  ...reals("logg_gspphot", "logg_gspphot_lower", "logg_gspphot_upper"),
  ...reals("mh_gspphot", "mh_gspphot_lower", "mh_gspphot_upper"),
  ...reals("distance_gspphot", "distance_gspphot_lower", "distance_gspphot_upper"),
  ...reals("azero_gspphot", "ag_gspphot", "ebpminrp_gspphot"),
};

/** Columns of a table of distances (Bailer-Jones et al. 2021, AJ 161, 147), pc; joined Gaia tables may carry them too. */
export const DISTANCE_COLUMNS: Columns = reals("r_med_geo", "r_lo_geo", "r_hi_geo", "r_med_photogeo", "r_lo_photogeo", "r_hi_photogeo");
