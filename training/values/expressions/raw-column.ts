/** A column of raw values that expressions may read: the catalogue's, or one of a user's table. */
export interface RawColumn {
  /** as an artifact's input is called: photGMeanMag, or as the user's mapping names it */
  readonly name: string;
  /** `mag`, `mas`, `pc`, `K`, `dex`, `-` (a pure number), or the mapping's own */
  readonly unit: string;
  readonly description: string;
  /** its name spelt in other ways, under which a table may have it: phot_g_mean_mag */
  readonly aliases: readonly string[];
  /** what expressions may call it besides, and a table's column of that name may be something else: g */
  readonly shortNames?: readonly string[];
  /** name of the column that holds its standard error */
  readonly error?: string;
  /** A_band / E(B-V) of a magnitude */
  readonly extinction?: number;
  /** what it comes and goes together with: `skymapper`, `2mass`, a survey's prefix */
  readonly group: string;
}
