import type { StellarColumn } from "../../src/catalogue/stellar-row";
import { AppError } from "../../src/errors";
import { ColumnIndex } from "../../src/formats/column-index";
import type { Column } from "../../src/formats/table";
import type { LabelColumn } from "../datasets/training-set";

/** How the columns of somebody's table are to be read. */
export interface TableLayout {
  readonly name: string;
  readonly idColumn: string;
  /** Whether ids are Gaia's source_ids, rather than names or numbers of the table's own. */
  readonly idIsSourceId: boolean;
  /** our raw columns and what the table calls them; all of these must be there */
  readonly columns: Readonly<Partial<Record<StellarColumn, string>>>;
  /** raw columns whose values tell stars apart where an id names a spectrum, of which a star may have several */
  readonly starKey: readonly StellarColumn[];
  readonly labels: readonly LabelColumn[];
  /** numbers that stand for a missing value */
  readonly nullValues: readonly number[];
  readonly featureSet: string;
}

/**
 * RAVE targets with Gaia, 2MASS and AllWISE photometry and labels of APOGEE DR16 (Guiglion et al. 2020, A&A 644,
 * A168). An id is one RAVE observation: about one row in twelve is another observation of a star that is there already.
 */
const RAVE_APOGEE: TableLayout = {
  name: "rave-apogee",
  idColumn: "RAVE_OBS_ID",
  idIsSourceId: false,
  columns: {
    parallax: "parallax",
    photGMeanMag: "phot_g_mean_mag",
    photBpMeanMag: "phot_bp_mean_mag",
    photRpMeanMag: "phot_rp_mean_mag",
    twomassJ: "Jmag_2MASS",
    twomassH: "Hmag_2MASS",
    twomassKs: "Kmag_2MASS",
    allwiseW1: "wise1",
    allwiseW2: "wise2",
    av: "av50",
  },
  starKey: ["parallax", "photGMeanMag", "twomassKs"],
  labels: [
    { name: "teff", unit: "K", column: "Teff" },
    { name: "logg", unit: "dex", column: "logg" },
    { name: "mh", unit: "dex", column: "MH" },
    { name: "feh", unit: "dex", column: "FeH" },
    { name: "alphaM", unit: "dex", column: "alphaM" },
  ],
  nullValues: [-9999, -999, -99, 99, 999],
  featureSet: "rave-apogee",
};

const TABLE_LAYOUTS: readonly TableLayout[] = [RAVE_APOGEE];

const wantedColumns = ({ idColumn, columns }: TableLayout): string[] => [idColumn, ...Object.values(columns)];

/** @returns the layout by its name, as a manifest keeps it; null for one that no table has */
export function layoutNamed(name: string): TableLayout | null {
  return TABLE_LAYOUTS.find((layout) => layout.name === name) ?? null;
}

/** The columns of a layout that a table lacks; upper and lower case are not told apart. */
function missingOf(layout: TableLayout, header: readonly Column[], file: string): string[] {
  const index = new ColumnIndex(header, file);
  return wantedColumns(layout).filter((column) => index.find(column) === -1);
}

/**
 * Recognises a table by its header. Its labels may be absent, as in a table to predict for.
 *
 * @param file for the message
 * @throws AppError BAD_INPUT saying which columns the nearest known layout lacks
 */
export function recogniseLayout(header: readonly Column[], file: string): TableLayout {
  const found = TABLE_LAYOUTS.find((layout) => missingOf(layout, header, file).length === 0);
  if (found) return found;
  const known = TABLE_LAYOUTS.map((layout) => `${layout.name} (lacking here: ${missingOf(layout, header, file).join(", ")})`).join("; ");
  const names = header.map(({ name }) => name).join(", ");
  throw new AppError("BAD_INPUT", `${file} has the columns ${names}: that is none of the known layouts, ${known}.`);
}

/**
 * @returns the layout, once it is sure that a file has its columns; labels may be absent
 * @throws AppError BAD_INPUT naming the columns that are absent
 */
export function requireColumns(layout: TableLayout, header: readonly Column[], file: string): TableLayout {
  const missing = missingOf(layout, header, file);
  if (missing.length === 0) return layout;
  throw new AppError(
    "BAD_INPUT",
    `${file} lacks the columns ${missing.join(", ")} of the layout ${layout.name}. Add them, empty where nothing was measured.`,
  );
}
