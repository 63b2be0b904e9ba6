import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { GAIA_BANDS } from "../src/science/gaia-photometry";
import { Random } from "../src/science/random";

/** Mean number of transits per star in Gaia DR3, and of points per star in the phase-folded set. */
const TRANSITS = 44;
const FOLDED_POINTS = 42;

async function writeLines(file: string, header: string, lines: Iterable<string>): Promise<number> {
  const stream: WriteStream = createWriteStream(file, { highWaterMark: 1 << 20 });
  stream.write(`${header}\n`);
  for (const line of lines) if (!stream.write(`${line}\n`)) await once(stream, "drain");
  stream.end();
  await finished(stream);
  return stream.bytesWritten;
}

const sourceId = (star: number): bigint => 1_000_000_000_000_000n + BigInt(star) * 35_184_372_088_832n;

/** Columns of one band in the archive's table of arrays: those that are read, and one that is not. */
const bandColumns = (prefix: string, band: string) =>
  [`${band === "g" ? "g_transit" : `${band}_obs`}_time`, ...["mag", "flux", "flux_over_error"].map((name) => `${prefix}_${name}`)].concat(
    `variability_flag_${band}_reject`,
  );
const ARRAY_COLUMNS = [["g_transit", "g"] as const, ["bp", "bp"] as const, ["rp", "rp"] as const].flatMap(([prefix, band]) =>
  bandColumns(prefix, band),
);

function* arrayLines(stars: number, random: Random): Generator<string> {
  for (let star = 0; star < stars; star++) {
    const transits = Math.round(TRANSITS * (0.5 + random.uniform()));
    const times = Array.from({ length: transits }, () => 1_700 + 950 * random.uniform()).sort((a, b) => a - b);
    const cells = GAIA_BANDS.flatMap(() => {
      const mags = times.map(() => 15 + random.uniform());
      const fluxes = mags.map((mag) => 10 ** ((25.7 - mag) / 2.5));
      const ratios = times.map(() => (100 + 200 * random.uniform()).toPrecision(8));
      return [times, mags, fluxes, ratios, times.map(() => random.uniform() < 0.02)].map((values) => `"[${values.join(",")}]"`);
    });
    yield `${sourceId(star)},${transits},${cells.join(",")}`;
  }
}

/**
 * Writes epoch photometry like the archive's bulk download: one row per source, with arrays of its transits in three
 * bands.
 *
 * @returns its size [byte] and its number of light curves, three per star
 */
export async function writeEpochPhotometry(file: string, stars: number, seed = 1): Promise<{ bytes: number; curves: number }> {
  const header = ["source_id", "n_transits", ...ARRAY_COLUMNS].join(",");
  return { bytes: await writeLines(file, header, arrayLines(stars, new Random(seed))), curves: 3 * stars };
}

function* foldedLines(stars: number, random: Random): Generator<string> {
  for (let star = 0; star < stars; star++) {
    const phases = Array.from({ length: FOLDED_POINTS }, () => random.uniform()).sort((a, b) => a - b);
    for (const phase of phases) yield `${sourceId(star)},${phase.toFixed(6)},${(15 + random.uniform()).toFixed(6)}`;
  }
}

/** Writes a phase-folded set: one row per point, with the columns of the mapping `rr-lyrae-gaia-g`. */
export async function writeFolded(file: string, stars: number, seed = 1): Promise<{ bytes: number; curves: number }> {
  const bytes = await writeLines(file, "gaia_dr2_source_id,phase,phot_g_mag", foldedLines(stars, new Random(seed)));
  return { bytes, curves: stars };
}
