import type { Release } from "./release";

interface StarColumnDescription {
  readonly sql: string;
  readonly type: "float8" | "float4" | "int2" | "text" | "boolean";
  readonly required?: true;
  /** of the value; null for a name, a number without dimension or a truth value */
  readonly unit: "deg" | "mas" | "mas/yr" | "yr" | "mag" | "km/s" | "K" | "dex" | "pc" | null;
  readonly description: string;
}

const measured = <const S extends string, const U extends StarColumnDescription["unit"]>(sql: S, unit: U, description: string) =>
  ({ sql, type: "float4", unit, description }) as const;
const precise = <const S extends string, const U extends StarColumnDescription["unit"]>(sql: S, unit: U, description: string) =>
  ({ sql, type: "float8", unit, description }) as const;

/**
 * What is kept of a star besides its identity (release and source_id): Gaia's names, units and meanings, in the
 * order of every row of this file. The API's fields and their descriptions come from here.
 */
export const STAR_COLUMNS = {
  synthetic: {
    sql: "synthetic",
    type: "boolean",
    required: true,
    unit: null,
    description: "made by `asterism synthesize`, never observed",
  },
  refEpoch: { ...precise("ref_epoch", "yr", "Julian year of the position"), required: true },
  ra: { ...precise("ra", "deg", "right ascension, ICRS, at refEpoch"), required: true },
  raError: measured("ra_error", "mas", "standard error of ra * cos(dec)"),
  dec: { ...precise("dec", "deg", "declination, ICRS, at refEpoch"), required: true },
  decError: measured("dec_error", "mas", "standard error of dec"),
  parallax: precise("parallax", "mas", "parallax, without zero-point correction"),
  parallaxError: measured("parallax_error", "mas", "standard error of the parallax"),
  pmra: precise("pmra", "mas/yr", "proper motion in right ascension, cos(dec) included"),
  pmraError: measured("pmra_error", "mas/yr", "standard error of pmra"),
  pmdec: precise("pmdec", "mas/yr", "proper motion in declination"),
  pmdecError: measured("pmdec_error", "mas/yr", "standard error of pmdec"),
  ruwe: measured("ruwe", null, "renormalised unit weight error of the astrometric solution; above 1.4 it is doubtful"),
  astrometricParamsSolved: {
    sql: "astrometric_params_solved",
    type: "int2",
    unit: null,
    description: "which astrometric parameters were solved: 3 (position), 31 (five) or 95 (six)",
  },
  photGMeanMag: measured("phot_g_mean_mag", "mag", "mean G (Vega)"),
  photGMeanFluxOverError: measured("phot_g_mean_flux_over_error", null, "mean G flux divided by its error"),
  photBpMeanMag: measured("phot_bp_mean_mag", "mag", "mean BP (Vega)"),
  photBpMeanFluxOverError: measured("phot_bp_mean_flux_over_error", null, "mean BP flux divided by its error"),
  photRpMeanMag: measured("phot_rp_mean_mag", "mag", "mean RP (Vega)"),
  photRpMeanFluxOverError: measured("phot_rp_mean_flux_over_error", null, "mean RP flux divided by its error"),
  bpRp: measured("bp_rp", "mag", "colour BP - RP"),
  photBpRpExcessFactor: measured("phot_bp_rp_excess_factor", null, "BP and RP flux over G flux; high where the photometry is blended"),
  photVariableFlag: {
    sql: "phot_variable_flag",
    type: "text",
    unit: null,
    description: "photometric variability: VARIABLE, CONSTANT or NOT_AVAILABLE",
  },
  nonSingleStar: {
    sql: "non_single_star",
    type: "int2",
    unit: null,
    description: "non-single star solutions, as bits: 1 astrometric, 2 spectroscopic, 4 eclipsing",
  },
  radialVelocity: measured("radial_velocity", "km/s", "radial velocity from the RVS spectra"),
  radialVelocityError: measured("radial_velocity_error", "km/s", "error of the radial velocity"),
  teffGspphot: measured("teff_gspphot", "K", "effective temperature by GSP-Phot, from BP and RP spectra"),
  teffGspphotLower: measured("teff_gspphot_lower", "K", "16th percentile of teffGspphot"),
  teffGspphotUpper: measured("teff_gspphot_upper", "K", "84th percentile of teffGspphot"),
  loggGspphot: measured("logg_gspphot", "dex", "surface gravity by GSP-Phot, log10 of cm/s^2"),
  loggGspphotLower: measured("logg_gspphot_lower", "dex", "16th percentile of loggGspphot"),
  loggGspphotUpper: measured("logg_gspphot_upper", "dex", "84th percentile of loggGspphot"),
  mhGspphot: measured("mh_gspphot", "dex", "metallicity [M/H] by GSP-Phot"),
  mhGspphotLower: measured("mh_gspphot_lower", "dex", "16th percentile of mhGspphot"),
  mhGspphotUpper: measured("mh_gspphot_upper", "dex", "84th percentile of mhGspphot"),
  distanceGspphot: measured("distance_gspphot", "pc", "distance by GSP-Phot"),
  distanceGspphotLower: measured("distance_gspphot_lower", "pc", "16th percentile of distanceGspphot"),
  distanceGspphotUpper: measured("distance_gspphot_upper", "pc", "84th percentile of distanceGspphot"),
  azeroGspphot: measured("azero_gspphot", "mag", "monochromatic extinction at 541.4 nm by GSP-Phot"),
  agGspphot: measured("ag_gspphot", "mag", "extinction in G by GSP-Phot"),
  ebpminrpGspphot: measured("ebpminrp_gspphot", "mag", "reddening E(BP-RP) by GSP-Phot"),
  rMedGeo: measured("r_med_geo", "pc", "geometric distance, median (Bailer-Jones et al. 2021)"),
  rLoGeo: measured("r_lo_geo", "pc", "geometric distance, 16th percentile (Bailer-Jones et al. 2021)"),
  rHiGeo: measured("r_hi_geo", "pc", "geometric distance, 84th percentile (Bailer-Jones et al. 2021)"),
  rMedPhotogeo: measured("r_med_photogeo", "pc", "photogeometric distance, median (Bailer-Jones et al. 2021)"),
  rLoPhotogeo: measured("r_lo_photogeo", "pc", "photogeometric distance, 16th percentile (Bailer-Jones et al. 2021)"),
  rHiPhotogeo: measured("r_hi_photogeo", "pc", "photogeometric distance, 84th percentile (Bailer-Jones et al. 2021)"),
  ebv: measured("ebv", "mag", "reddening E(B-V), from the map that ebvMap names"),
  ebvMap: { sql: "ebv_map", type: "text", unit: null, description: "extinction map and its version that ebv was read from" },
} as const satisfies Record<string, StarColumnDescription>;

export type StarColumn = keyof typeof STAR_COLUMNS;

type Value<C extends StarColumnDescription> =
  | (C["type"] extends "text" ? string : C["type"] extends "boolean" ? boolean : number)
  | (C extends { required: true } ? never : null);

/** Names a source: a source_id means nothing without its release. */
export interface StarIdentity {
  readonly release: Release;
  readonly sourceId: bigint;
}

/** A Gaia source. What was not measured is null. */
export type Star = StarIdentity & { readonly [C in StarColumn]: Value<(typeof STAR_COLUMNS)[C]> };

/** JSON has no NaN: a value that is no number was not measured. */
export const orNull = (value: unknown): unknown => (typeof value === "number" && !Number.isFinite(value) ? null : value);
