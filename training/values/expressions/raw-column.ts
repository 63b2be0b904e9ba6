/** A column of raw values that expressions may read: the catalogue's, or one of a user's table. */
export interface RawColumn {
  /** as an artifact's input is called: photGMeanMag, or as the user's mapping names it */
  readonly name: string;
  /** `mag`, `mas`, `pc`, `K`, `dex`, `-` (a pure number), or the mapping's own */
  readonly unit: string;
  readonly description: string;
  /** further names under which an expression may speak of it: phot_g_mean_mag, g */
  readonly aliases: readonly string[];
  /** name of the column that holds its standard error */
  readonly error?: string;
  /** A_band / E(B-V) of a magnitude */
  readonly extinction?: number;
  /** what it comes and goes together with: `skymapper`, `2mass`, a survey's prefix */
  readonly group: string;
}
