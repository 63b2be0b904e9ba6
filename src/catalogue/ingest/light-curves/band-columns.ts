import type { GaiaBand } from "../../../science/gaia-photometry";

/** Names of one band's columns; the first that a file has counts. */
export interface BandColumns {
  readonly time: string;
  readonly mag: string;
  readonly flux: string;
  readonly fluxError: string;
  readonly fluxOverError: string;
  /** Any that is set rejects the point. */
  readonly rejected: readonly string[];
}

/** Where every band has columns of its own: one row a transit, or arrays of transits in one row a source. */
export const WIDE: Readonly<Record<GaiaBand, BandColumns>> = {
  G: wideBand("g_transit", "g", ["photometry_flag_noisy_data"]),
  BP: wideBand("bp", "bp", ["photometry_flag_bp_reject"]),
  RP: wideBand("rp", "rp", ["photometry_flag_rp_reject"]),
};

/** `rejected_by_photometry` is of a whole transit; the tables of arrays have a flag a band instead. */
function wideBand(prefix: string, band: string, rejected: readonly string[]): BandColumns {
  return {
    time: band === "g" ? "g_transit_time" : `${band}_obs_time`,
    mag: `${prefix}_mag`,
    flux: `${prefix}_flux`,
    fluxError: `${prefix}_flux_error`,
    fluxOverError: `${prefix}_flux_over_error`,
    rejected: [`variability_flag_${band}_reject`, "rejected_by_photometry", ...rejected],
  };
}

/** Where every measurement is a row that names its band. */
export const LONG: BandColumns = {
  time: "time",
  mag: "mag",
  flux: "flux",
  fluxError: "flux_error",
  fluxOverError: "flux_over_error",
  rejected: ["rejected_by_photometry", "rejected_by_variability"],
};

/** The units that the points are computed in; the archive's own tables are in them. */
export const UNITS = { time: "d", mag: "mag", flux: "electron/s", fluxError: "electron/s", fluxOverError: null } as const;
