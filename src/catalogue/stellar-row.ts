/**
 * All raw values that photometric feature sets can read, under the same names whatever their source: stored stars, the
 * columns of a training table, or the inputs of GraphQL's `predict`.
 */
export const STELLAR_COLUMNS = {
  parallax: { unit: "mas", description: "Gaia parallax" },
  parallaxError: { unit: "mas", description: "standard error of the Gaia parallax" },
  photGMeanMag: { unit: "mag", description: "Gaia G" },
  photBpMeanMag: { unit: "mag", description: "Gaia BP" },
  photRpMeanMag: { unit: "mag", description: "Gaia RP" },
  rMedGeo: { unit: "pc", description: "geometric distance (Bailer-Jones et al. 2021)" },
  teffGspphot: { unit: "K", description: "Gaia GSP-Phot effective temperature" },
  teffGspphotError: { unit: "K", description: "half of GSP-Phot's 16th to 84th percentile range" },
  loggGspphot: { unit: "dex", description: "Gaia GSP-Phot surface gravity" },
  loggGspphotError: { unit: "dex", description: "half of GSP-Phot's 16th to 84th percentile range" },
  mhGspphot: { unit: "dex", description: "Gaia GSP-Phot [M/H]" },
  mhGspphotError: { unit: "dex", description: "half of GSP-Phot's 16th to 84th percentile range" },
  ebv: { unit: "mag", description: "reddening E(B-V)" },
  av: { unit: "mag", description: "extinction in V" },
  skymapperU: { unit: "mag", description: "SkyMapper u (AB)" },
  skymapperV: { unit: "mag", description: "SkyMapper v (AB)" },
  skymapperG: { unit: "mag", description: "SkyMapper g (AB)" },
  skymapperR: { unit: "mag", description: "SkyMapper r (AB)" },
  skymapperI: { unit: "mag", description: "SkyMapper i (AB)" },
  skymapperZ: { unit: "mag", description: "SkyMapper z (AB)" },
  skymapperUError: { unit: "mag", description: "standard error of SkyMapper u" },
  skymapperVError: { unit: "mag", description: "standard error of SkyMapper v" },
  skymapperGError: { unit: "mag", description: "standard error of SkyMapper g" },
  skymapperRError: { unit: "mag", description: "standard error of SkyMapper r" },
  skymapperIError: { unit: "mag", description: "standard error of SkyMapper i" },
  skymapperZError: { unit: "mag", description: "standard error of SkyMapper z" },
  twomassJ: { unit: "mag", description: "2MASS J (Vega)" },
  twomassH: { unit: "mag", description: "2MASS H (Vega)" },
  twomassKs: { unit: "mag", description: "2MASS Ks (Vega)" },
  allwiseW1: { unit: "mag", description: "AllWISE W1 (Vega)" },
  allwiseW2: { unit: "mag", description: "AllWISE W2 (Vega)" },
} as const satisfies Record<string, { unit: string; description: string }>;

export type StellarColumn = keyof typeof STELLAR_COLUMNS;

/** A star's raw values; absent or null if not measured. */
export type StellarRow = { readonly [column in StellarColumn]?: number | null };
