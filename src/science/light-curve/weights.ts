import { median } from "../statistics";

/** [mag] Gaia's G of one transit is no better: what claims less would outweigh all others. */
export const MAG_ERROR_FLOOR = 1e-3;

/**
 * Inverse variances of points about a typical one's: a point of median error has 1, none more than 2. A stated error
 * leaves out the star's own unsteadiness, so that half of the variance is taken to be that.
 *
 * @param magError [points] [mag], or null if all points are as good
 */
export function pointWeights(points: number, magError: Float64Array | null): Float64Array {
  if (!magError) return new Float64Array(points).fill(1);
  const typical = Math.max(median(magError), MAG_ERROR_FLOOR);
  return magError.map((error) => 2 / ((error / typical) ** 2 + 1));
}
