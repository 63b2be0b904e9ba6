import { normal, uniform } from "./random";

const HEADER =
  "RAVE_OBS_ID,parallax,phot_g_mean_mag,phot_bp_mean_mag,phot_rp_mean_mag,Jmag_2MASS,Hmag_2MASS,Kmag_2MASS,wise1,wise2,av50,Teff,logg";

/**
 * A CSV table of made-up stars in the layout of the RAVE targets with APOGEE labels: hotter stars are bluer, giants
 * are brighter, magnitudes carry 0.01 mag of noise, and one W2 in ten is missing.
 *
 * @param first number of the first star, so that tables can share stars or not
 */
export function labelledTable(stars: number, first = 0): string {
  const lines = Array.from({ length: stars }, (_, index) => {
    const [draw, noise] = [uniform(first + index), normal(1_000_000 + first + index)];
    const teff = 4000 + 2500 * draw();
    const logg = 1.5 + 3 * draw();
    const distancePc = 100 + 900 * draw();
    const colour = 4.2 - teff / 2000;
    const g = 4 * (logg - 3) + 3 - (teff - 5200) / 800 + 5 * Math.log10(distancePc) - 5;
    const offsets = [0, 0.4 * colour, -0.6 * colour, -1.1 * colour, -1.5 * colour, -1.6 * colour, -1.62 * colour, -1.64 * colour];
    const mags = offsets.map((offset) => (g + offset + 0.01 * noise()).toFixed(4));
    if (draw() < 0.1) mags[7] = "";
    return [`star${first + index}`, (1000 / distancePc).toFixed(5), ...mags, "0.1", teff.toFixed(2), logg.toFixed(4)].join(",");
  });
  return `${[HEADER, ...lines].join("\n")}\n`;
}
