import { readdir } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../../src/errors";
import { BAND } from "../../src/features/fourier-parameters/feature-sets";
import type { FourierParameters } from "../../src/features/light-curve/relation-inputs";
import { hashFiles } from "../datasets/hash-files";
import { readSpectra, type Spectrum } from "./calibrator-row";

/** A star with a light curve and a spectroscopic metallicity. */
export interface CalibratorStar extends FourierParameters {
  readonly star: string;
  /** [dex] weighted mean of its spectra */
  readonly feh: number;
  /** [dex] standard error of that mean */
  readonly fehError: number;
  readonly spectra: number;
}

/** All spectra of a folder. */
export interface SpectraFolder {
  /** the folder's base name */
  readonly source: string;
  /** as it was named */
  readonly path: string;
  /** of the files' bytes, in the order of their names */
  readonly sha256: string;
  readonly spectra: readonly Spectrum[];
}

const TABLE_FILE = /\.dat$/i;

/** @returns the tables of a folder, by name, or the one that was named @throws AppError NOT_FOUND if there is none, BAD_INPUT for another file */
export async function fourierTables(place: string): Promise<string[]> {
  if (TABLE_FILE.test(place)) return [place];
  const names = await readdir(place).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOTDIR")
      throw new AppError(
        "BAD_INPUT",
        `${place} is no table of Fourier parameters in the ${BAND} band: a .dat table, or a folder of them, is wanted.`,
      );
    throw new AppError("NOT_FOUND", `The folder ${place} cannot be read (${cause.code}).`, { cause });
  });
  const files = names
    .filter((name) => TABLE_FILE.test(name))
    .sort()
    .map((name) => path.join(place, name));
  if (files.length > 0) return files;
  throw new AppError("NOT_FOUND", `The folder ${place} has no .dat table. A folder of Fourier parameters holds one or more.`);
}

/** @throws AppError NOT_FOUND, or BAD_INPUT naming the file, the row and what is wrong with it */
export async function readSpectraFolder(folder: string): Promise<SpectraFolder> {
  const files = await fourierTables(folder);
  const spectra = (await Promise.all(files.map((file) => readSpectra(file)))).flat();
  return { source: path.basename(path.resolve(folder)), path: folder, sha256: await hashFiles(files), spectra };
}

/**
 * [dex] What spectra of one star differ by beyond their quoted errors, which are of the lines alone: the median standard deviation of
 * stars with several spectra is 0.08 dex where 0.05 is quoted.
 */
const SPECTRUM_ERROR_FLOOR = 0.06;

/** [dex] of a spectrum without an error of its own. */
const TYPICAL_ERROR = 0.1;

/** Spectra of a star together: their weighted mean. */
function together(star: string, spectra: readonly Spectrum[]): CalibratorStar {
  const weights = spectra.map(({ fehError }) => 1 / ((Number.isNaN(fehError) ? TYPICAL_ERROR : fehError) ** 2 + SPECTRUM_ERROR_FLOOR ** 2));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const { type: _, keep: __, snr: ___, phaseCoverage: ____, ...curve } = spectra[0]!;
  return {
    ...curve,
    star,
    feh: spectra.reduce((sum, { feh }, index) => sum + weights[index]! * feh, 0) / total,
    fehError: 1 / Math.sqrt(total),
    spectra: spectra.length,
  };
}

/** @returns one entry a star, in the order in which they first appear; the light curve is that of its first spectrum */
export function starsOf(spectra: readonly Spectrum[]): CalibratorStar[] {
  const byStar = new Map<string, Spectrum[]>();
  for (const spectrum of spectra) byStar.set(spectrum.star, [...(byStar.get(spectrum.star) ?? []), spectrum]);
  return Array.from(byStar, ([star, own]) => together(star, own));
}
