import { magnitudeError } from "../../science/photometry";
import { DUST_MODEL } from "../../science/synthetic-sky/galaxy";
import type { SyntheticStar } from "../../science/synthetic-sky/synthetic-star";
import { copyNumber } from "./copy-numbers";

/** Synthetic stars pretend to be of Gaia DR3. */
const SYNTHETIC_RELEASE = 3;

type Value = number | null | undefined;
type StarColumn = readonly [name: string, text: (star: SyntheticStar) => string];

const column = (name: string, decimals: number, value: (star: SyntheticStar) => Value): StarColumn => [
  name,
  (star) => copyNumber(value(star), decimals),
];
const constant = (name: string, text: string): StarColumn => [name, () => text];

/** The relation of a flux's and a magnitude's error is its own inverse. */
const fluxOverError = (error: number | undefined) => (error === undefined ? null : magnitudeError(error));

/** Columns of `star` in the order of a line; those left out are NULL or at their default. */
const COLUMNS: readonly StarColumn[] = [
  constant("release", String(SYNTHETIC_RELEASE)),
  ["source_id", (star) => star.sourceId.toString()],
  constant("synthetic", "t"),
  column("ra", 9, (star) => star.raDeg),
  column("ra_error", 4, (star) => 0.9 * star.parallaxError),
  column("dec", 9, (star) => star.decDeg),
  column("dec_error", 4, (star) => 0.9 * star.parallaxError),
  column("parallax", 5, (star) => star.parallax),
  column("parallax_error", 4, (star) => star.parallaxError),
  column("pmra", 4, (star) => star.pmra),
  column("pmra_error", 4, (star) => star.parallaxError),
  column("pmdec", 4, (star) => star.pmdec),
  column("pmdec_error", 4, (star) => star.parallaxError),
  column("ruwe", 4, (star) => star.ruwe),
  constant("astrometric_params_solved", "31"),
  column("phot_g_mean_mag", 5, (star) => star.g.mag),
  column("phot_g_mean_flux_over_error", 2, (star) => fluxOverError(star.g.error)),
  column("phot_bp_mean_mag", 5, (star) => star.bp?.mag),
  column("phot_bp_mean_flux_over_error", 2, (star) => fluxOverError(star.bp?.error)),
  column("phot_rp_mean_mag", 5, (star) => star.rp?.mag),
  column("phot_rp_mean_flux_over_error", 2, (star) => fluxOverError(star.rp?.error)),
  column("bp_rp", 5, (star) => star.bp && star.rp && star.bp.mag - star.rp.mag),
  constant("phot_variable_flag", "NOT_AVAILABLE"),
  constant("non_single_star", "0"),
  column("radial_velocity", 3, (star) => star.radialVelocity?.value),
  column("radial_velocity_error", 3, (star) => star.radialVelocity?.error),
  column("teff_gspphot", 2, (star) => star.gspphot?.teff.value),
  column("teff_gspphot_lower", 2, (star) => star.gspphot?.teff.lower),
  column("teff_gspphot_upper", 2, (star) => star.gspphot?.teff.upper),
  column("logg_gspphot", 4, (star) => star.gspphot?.logg.value),
  column("logg_gspphot_lower", 4, (star) => star.gspphot?.logg.lower),
  column("logg_gspphot_upper", 4, (star) => star.gspphot?.logg.upper),
  column("mh_gspphot", 4, (star) => star.gspphot?.mh.value),
  column("mh_gspphot_lower", 4, (star) => star.gspphot?.mh.lower),
  column("mh_gspphot_upper", 4, (star) => star.gspphot?.mh.upper),
  column("azero_gspphot", 4, (star) => star.gspphot?.azero),
  column("r_med_geo", 3, (star) => star.geometric.median),
  column("r_lo_geo", 3, (star) => star.geometric.low),
  column("r_hi_geo", 3, (star) => star.geometric.high),
  column("r_med_photogeo", 3, (star) => star.photogeometric.median),
  column("r_lo_photogeo", 3, (star) => star.photogeometric.low),
  column("r_hi_photogeo", 3, (star) => star.photogeometric.high),
  column("ebv", 4, (star) => star.ebv),
  constant("ebv_map", DUST_MODEL),
];

/** Columns in the order of a star's line. */
export const STAR_LINE_COLUMNS = COLUMNS.map(([name]) => name).join(", ");

/** One line of COPY text for the table `star`. */
export function starLine(star: SyntheticStar): string {
  return `${COLUMNS.map(([, text]) => text(star)).join("\t")}\n`;
}

/** What identifies the star in the tables that refer to it. */
export function starKey(star: SyntheticStar): string {
  return `${SYNTHETIC_RELEASE}\t${star.sourceId}`;
}
