import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

/** A star of a made-up folder of light curves. */
export interface FoldedStar {
  readonly id: string;
  /** as stars.csv is to say it [d] */
  readonly period: string;
  readonly points: readonly (readonly [phase: number | string, mag: number | string])[];
  readonly feh?: number;
  /** part of a cross-validation */
  readonly fold?: number;
}

/** A light curve like an RR Lyrae's: a sine and its first overtones. @returns [phase, mag] */
export function sawtooth(count: number, amplitude = 0.4): [number, number][] {
  return Array.from({ length: count }, (_, point) => {
    const angle = (2 * Math.PI * point) / count;
    return [point / count, 15 + amplitude * (Math.sin(angle) + 0.45 * Math.sin(2 * angle + 2.6) + 0.3 * Math.sin(3 * angle + 5.3))];
  });
}

/** Writes stars.csv and light_curves.csv.gz, with the names that the points' two columns are to have. */
export function writeFolder(folder: string, stars: readonly FoldedStar[], time = "phase", value = "phot_g_mag"): string {
  mkdirSync(folder, { recursive: true });
  const lines = (header: string, rows: readonly string[]) => `${[header, ...rows].join("\n")}\n`;
  const starRows = stars.map(({ id, period, feh, fold }) => `${id},10,-20,${period},${feh ?? ""},${fold ?? ""}`);
  const pointRows = stars.flatMap(({ id, points }) => points.map((point) => `${id},${point.join(",")}`));
  writeFileSync(path.join(folder, "stars.csv"), lines("gaia_dr2_source_id,ra_deg,dec_deg,period_d,feh_photometric_dex,cv_fold", starRows));
  writeFileSync(path.join(folder, "light_curves.csv.gz"), gzipSync(lines(`gaia_dr2_source_id,${time},${value}`, pointRows)));
  return folder;
}
