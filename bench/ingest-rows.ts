import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { GAIA_COLUMNS } from "../src/catalogue/ingest/star-columns";
import { Random } from "../src/science/random";

/** The columns of the file: all that a Gaia source table and the `star` table share. */
export const FILE_COLUMNS = ["source_id", ...Object.keys(GAIA_COLUMNS)];

/** As many digits as in the archive: 16 for a double, 8 for a float. */
function cellOf(name: string, type: string, random: () => number): string {
  if (name === "ra") return String(random() * 360);
  if (name === "dec") return String((Math.asin(2 * random() - 1) * 180) / Math.PI);
  if (name === "ref_epoch") return "2016.0";
  if (name === "phot_variable_flag") return random() < 0.01 ? "VARIABLE" : "NOT_AVAILABLE";
  if (name === "astrometric_params_solved") return random() < 0.2 ? "95" : "31";
  if (name === "non_single_star") return "0";
  // A third of the sources have no GSP-Phot estimate, nine in ten no radial velocity.
  if (name.startsWith("radial") && random() < 0.9) return "";
  if (name.includes("gspphot") && random() < 0.33) return "";
  if (name.includes("_mag")) return (12 + 9 * random()).toPrecision(8);
  if (name.startsWith("teff")) return (3500 + 4000 * random()).toPrecision(7);
  return type === "double precision" ? String(20 * (random() - 0.3)) : (2 * random()).toPrecision(8);
}

/**
 * Writes a CSV file like the Gaia archive's bulk download, with the same order of source_ids, nulls and digits.
 *
 * @param shuffled in random order (row number times a prime, modulo the number of rows)
 * @returns its size [byte]
 */
export async function writeGaiaLike(file: string, rows: number, shuffled = false, seed = 1): Promise<number> {
  const numbers = new Random(seed);
  const random = () => numbers.uniform();
  const stream = createWriteStream(file, { highWaterMark: 1 << 20 });
  stream.write(`${FILE_COLUMNS.join(",")}\n`);
  const step = 6_917_528_997_577_384_321n / BigInt(rows);
  for (let row = 0; row < rows; row++) {
    const id = step * BigInt(shuffled ? (row * 7_919) % rows : row) + BigInt(Math.floor(random() * 1e9)) + 1n;
    const cells = Object.entries(GAIA_COLUMNS).map(([name, { type }]) => cellOf(name, type, random));
    if (!stream.write(`${id},${cells.join(",")}\n`)) await once(stream, "drain");
  }
  stream.end();
  await finished(stream);
  return stream.bytesWritten;
}
