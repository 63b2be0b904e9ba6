import { AppError } from "../../src/errors";
import { type PulsationType, WRAP_CENTRE } from "../../src/features/fourier-parameters/feature-sets";
import type { FourierParameters } from "../../src/features/light-curve/relation-inputs";
import { openTable } from "../../src/formats/open-table";
import type { Cell } from "../../src/formats/table";
import { wrapNear } from "../../src/science/light-curve/fourier-series";
import { TableColumns } from "../datasets/table-columns";

/** One spectrum of a star, and the light curve of that star. */
export interface Spectrum extends FourierParameters {
  /** names the star: its photometry's own identifier */
  readonly star: string;
  /** null of a star that is neither */
  readonly type: PulsationType | null;
  /** [Fe/H] [dex] on one scale */
  readonly feh: number;
  readonly fehError: number;
  /** 1 if the authors judged the light curve fit to be used */
  readonly keep: number;
  /** amplitude over the scatter of the points, of the light curve */
  readonly snr: number;
  /** fraction of the cycle that was observed */
  readonly phaseCoverage: number;
}

/** The columns of a light curve, which must be there. `type` may carry `-BL`, for stars whose light curve changes (Blazhko effect). */
const CURVE_COLUMNS = [
  "type",
  "use_id",
  "period",
  "A1",
  "A2",
  "A3",
  "A1_e",
  "A2_e",
  "A3_e",
  "phi21",
  "phi21_e",
  "phi31",
  "phi31_e",
] as const;
/** Those of a spectrum and of the sample's cuts: what is fitted on must have them. */
const LABEL_COLUMNS = ["feh", "shift", "keep", "snr", "phcov"] as const;
const FEH_ERROR = ["e_feh", "feh_e"];

const typeOf = (text: string): PulsationType | null => (/^RRab(-BL)?$/.test(text) ? "RRab" : /^RRc(-BL)?$/.test(text) ? "RRc" : null);

/** The units that the numbers are wanted in; those of others have none. */
const UNITS: Readonly<Record<string, string>> = {
  period: "d",
  ...Object.fromEntries(["A1", "A2", "A3", "A1_e", "A2_e", "A3_e"].map((name) => [name, "mag"])),
  ...Object.fromEntries(["phi21", "phi31", "phi21_e", "phi31_e"].map((name) => [name, "rad"])),
  ...Object.fromEntries(["feh", "shift", ...FEH_ERROR].map((name) => [name, "dex"])),
};

/** @throws AppError BAD_INPUT naming the columns that are absent */
function requireColumns(columns: TableColumns, file: string, isLabelled: boolean): void {
  const wanted: readonly string[] = isLabelled ? [...CURVE_COLUMNS, ...LABEL_COLUMNS] : CURVE_COLUMNS;
  const missing = wanted.filter((name) => columns.find([name]) === -1);
  if (isLabelled && columns.find(FEH_ERROR) === -1) missing.push(FEH_ERROR.join(" or "));
  if (missing.length > 0)
    throw new AppError(
      "BAD_INPUT",
      `${file} lacks the columns ${missing.join(", ")} of a table of Fourier parameters${isLabelled ? " and [Fe/H]" : ""}.`,
    );
}

/** Reads one cell's number by its column's name. */
type Read = (column: string) => number;

function fourierParameters(read: Read, type: PulsationType | null): FourierParameters {
  const centre = WRAP_CENTRE[type ?? "RRab"];
  return {
    period: read("period"),
    A1: read("A1"),
    A2: read("A2"),
    A3: read("A3"),
    A1_error: read("A1_e"),
    A2_error: read("A2_e"),
    A3_error: read("A3_e"),
    phi21: wrapNear(read("phi21"), centre.phi21),
    phi31: wrapNear(read("phi31"), centre.phi31),
    phi21_error: read("phi21_e"),
    phi31_error: read("phi31_e"),
  };
}

/**
 * Reads a table with one row a spectrum (Dekany, Grebel & Pojmanski 2021, ApJ 920, 33; github.com/idekany/ifeh).
 *
 * @param isLabelled false if the spectra's columns may be absent, as in a table to predict for
 * @throws AppError NOT_FOUND, or BAD_INPUT naming the file, the row and what is wrong with it
 */
export async function readSpectra(file: string, isLabelled = true): Promise<Spectrum[]> {
  const table = await openTable(file);
  const columns = new TableColumns(table.columns, file);
  requireColumns(columns, file, isLabelled);
  const read = spectrumReader(columns);
  const spectra: Spectrum[] = [];
  for await (const batch of table.batches) for (const cells of batch) spectra.push(read(cells, spectra.length + 1));
  return spectra;
}

/** Reads a row. @param row from 1, for messages */
function spectrumReader(columns: TableColumns): (cells: readonly Cell[], row: number) => Spectrum {
  const names = [...CURVE_COLUMNS.slice(2), ...LABEL_COLUMNS, ...FEH_ERROR];
  const readers = new Map(names.map((name) => [name, columns.numbers(columns.find([name]), UNITS[name] ?? null)]));
  const [typeAt, starAt] = [columns.find(["type"]), columns.find(["use_id"])];
  const fehError = FEH_ERROR.find((name) => columns.find([name]) !== -1);
  return (cells, row) => {
    const read: Read = (column) => readers.get(column)!(cells, row);
    const type = typeOf(String(cells[typeAt] ?? ""));
    return {
      ...fourierParameters(read, type),
      star: String(cells[starAt] ?? ""),
      type,
      feh: read("feh") + read("shift"),
      fehError: fehError === undefined ? Number.NaN : read(fehError),
      keep: read("keep"),
      snr: read("snr"),
      phaseCoverage: read("phcov"),
    };
  };
}
