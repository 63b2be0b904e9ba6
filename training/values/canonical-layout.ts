import type { StellarColumn } from "../../src/catalogue/stellar-row";
import { AppError } from "../../src/errors";
import { ColumnIndex } from "../../src/formats/column-index";
import type { Column } from "../../src/formats/table";
import type { TableLayout } from "./table-layout";

/** `photBpMeanMag` -> `phot_bp_mean_mag`, the Gaia archive's spelling. */
export const snakeCase = (column: string) => column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const ID_COLUMNS = ["source_id", "sourceId"];

/**
 * The layout of a table that spells the catalogue's own raw values, as `phot_bp_mean_mag` or `photBpMeanMag`, for
 * a model that was trained on the catalogue. Of numbers, -999 and the like alone mean "no value": 99 may be a distance.
 *
 * @param columns the raw values that the model needs; each must have a column, be it an empty one
 * @throws AppError BAD_INPUT naming the columns that are absent
 */
export function canonicalLayout(columns: readonly StellarColumn[], header: readonly Column[], file: string): TableLayout {
  const index = new ColumnIndex(header, file);
  const named = (names: readonly string[]): string | undefined => header[index.findAny(names)]?.name;
  const idColumn = named(ID_COLUMNS);
  const spellings = columns.map((column) => [column, named([snakeCase(column), column])] as const);
  const missing = spellings.filter(([, name]) => name === undefined).map(([column]) => snakeCase(column));
  if (idColumn === undefined) missing.unshift("source_id");
  if (idColumn === undefined || missing.length > 0)
    throw new AppError(
      "BAD_INPUT",
      `${file} lacks the columns ${missing.join(", ")}. Add them, empty where nothing was measured; units as in the catalogue (mag, mas, pc, K, dex).`,
    );
  return {
    name: "catalogue",
    idColumn,
    idIsSourceId: true,
    columns: Object.fromEntries(spellings),
    starKey: [],
    labels: [],
    nullValues: [-999, -9999, -99999],
    featureSet: "",
  };
}
