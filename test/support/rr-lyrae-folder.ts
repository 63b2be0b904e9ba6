import { type FoldedStar, writeFolder } from "./folded-curves";
import { normal, uniform } from "./random";

/** Stars whose [Fe/H] is a line in period and phi31, as Jurcsik & Kovács 1996 found it, with 0.1 dex of scatter. */
export function rrLyraeStars(count: number, seed: number, folds = 3): (FoldedStar & { readonly feh: number })[] {
  const [even, gauss] = [uniform(seed), normal(seed)];
  return Array.from({ length: count }, (_, star) => {
    const period = 0.45 + 0.25 * even();
    const phi31 = 5.4 + 0.4 * gauss();
    const points = Array.from({ length: 40 }, (): [number, number] => {
      const phase = even();
      const angle = 2 * Math.PI * phase;
      const curve = Math.sin(angle) + 0.45 * Math.sin(2 * angle + 2.6) + 0.3 * Math.sin(3 * angle + phi31);
      return [phase, 15 + 0.3 * curve + 0.01 * gauss()];
    });
    const feh = -1.3 - 5.4 * (period - 0.575) + 1.3 * (phi31 - 5.4) + 0.1 * gauss();
    return { id: String(1000 * seed + star), period: String(period), points, feh, fold: star % folds };
  });
}

/** The same stars as a folder of light curves. */
export function writeRrLyrae(folder: string, count: number, seed: number, folds = 3): string {
  return writeFolder(folder, rrLyraeStars(count, seed, folds));
}
