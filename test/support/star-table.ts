import { mkdtemp, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { normal, uniform } from "./random";

const HEADER =
  "RAVE_OBS_ID,parallax,phot_g_mean_mag,phot_bp_mean_mag,phot_rp_mean_mag,Jmag_2MASS,Hmag_2MASS,Kmag_2MASS,wise1,wise2,av50,Teff,logg,MH,FeH,alphaM";

/** A made-up star: colours that follow its temperature, a luminosity that follows its gravity. */
function starLine(row: number, chance: () => number, gauss: () => number): string {
  const teff = 4000 + 2500 * chance();
  const logg = 2 + 2.5 * chance();
  const feh = -0.2 + 0.25 * gauss();
  const parallax = 1 + 4 * chance();
  const colour = (10_000 - teff) / 5500 + 0.05 * feh + 0.01 * gauss();
  const g = 1.2 * logg - 1 - 5 * Math.log10(parallax / 100) + 0.02 * gauss();
  const magnitudes = [g, g + 0.55 * colour, g - 0.6 * colour, g - 1.2 * colour, g - 1.6 * colour, g - 1.7 * colour];
  const infrared = [g - 1.75 * colour, g - 1.72 * colour];
  const labels = [teff, logg, feh, feh, 0.1 - 0.2 * feh];
  return [`star-${row}`, parallax, ...magnitudes, ...infrared, 0.1, ...labels].join(",");
}

/** Writes a table in the layout of RAVE targets with APOGEE labels. @returns its folder */
export async function writeStarTable(rows: number, seed = 1): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "asterism-table-"));
  const [chance, gauss] = [uniform(seed), normal(seed + 1)];
  const lines = Array.from({ length: rows }, (_, row) => starLine(row, chance, gauss));
  await writeFile(path.join(folder, "stars.csv"), `${[HEADER, ...lines].join("\n")}\n`);
  return folder;
}
