import { STELLAR_COLUMNS, type StellarColumn } from "../../../src/catalogue/stellar-row";
import { EXTINCTION_PER_REDDENING, GAIA_EXTINCTION_PER_REDDENING } from "../../../src/science/extinction";
import { snakeCase } from "../canonical-layout";
import type { RawColumn } from "./raw-column";

/** What people call the catalogue's columns besides their full names. */
const SHORT_NAMES: Readonly<Partial<Record<StellarColumn, readonly string[]>>> = {
  photGMeanMag: ["g"],
  photBpMeanMag: ["bp"],
  photRpMeanMag: ["rp"],
  rMedGeo: ["distance"],
  twomassJ: ["j"],
  twomassH: ["h"],
  twomassKs: ["ks", "k"],
  allwiseW1: ["w1"],
  allwiseW2: ["w2"],
};

/** A_band / E(B-V) of every band that the catalogue has. */
const EXTINCTION: Readonly<Partial<Record<string, number>>> = {
  ...EXTINCTION_PER_REDDENING,
  photGMeanMag: GAIA_EXTINCTION_PER_REDDENING.g,
  photBpMeanMag: GAIA_EXTINCTION_PER_REDDENING.bp,
  photRpMeanMag: GAIA_EXTINCTION_PER_REDDENING.rp,
};

/** Which source measured a column: it is there or missing together with the source's other columns. */
const GROUPS: readonly (readonly [group: string, columns: RegExp])[] = [
  ["gaia-photometry", /^phot/],
  ["parallax", /^parallax/],
  ["distance", /^rMedGeo$/],
  ["extinction", /^(ebv|av)$/],
  ["gspphot", /Gspphot/],
  ["skymapper", /^skymapper/],
  ["2mass", /^twomass/],
  ["allwise", /^allwise/],
];

function rawColumn(name: StellarColumn): RawColumn {
  const { unit, description } = STELLAR_COLUMNS[name];
  const snake = snakeCase(name);
  const error = `${name}Error`;
  const extinction = EXTINCTION[name];
  return {
    name,
    unit,
    description,
    aliases: snake === name ? [] : [snake],
    shortNames: SHORT_NAMES[name] ?? [],
    group: GROUPS.find(([, columns]) => columns.test(name))?.[0] ?? name,
    ...(error in STELLAR_COLUMNS && { error }),
    ...(extinction !== undefined && { extinction }),
  };
}

/** The raw columns of stored stars, in the order of `STELLAR_COLUMNS`. */
export const STELLAR_RAW_COLUMNS: readonly RawColumn[] = (Object.keys(STELLAR_COLUMNS) as StellarColumn[]).map(rawColumn);
