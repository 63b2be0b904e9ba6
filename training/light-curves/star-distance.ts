import { meanMagnitude } from "../../src/features/light-curve/mean-magnitude";
import type { Measured } from "../../src/science/measured";
import { EXTINCTION_ERROR, type RrLyraeDistance, rrLyraeDistance } from "../../src/science/rr-lyrae/distance";
import type { LightCurveStar } from "./light-curve-folder";

/** [mag] What is outside is a sentinel or a mistake. */
const isExtinction = (mag: number): boolean => mag >= 0 && mag < 30;

/** @returns whether any star's extinction is given, without which there is no distance */
export const hasExtinctions = (stars: readonly Pick<LightCurveStar, "extinctionMag">[]): boolean =>
  stars.some(({ extinctionMag }) => isExtinction(extinctionMag));

/**
 * @param feh [dex] null if it was not predicted
 * @returns null if the light curve, [Fe/H] or the extinction is not known
 */
export function distanceOf(
  star: Pick<LightCurveStar, "curve" | "extinctionMag" | "extinctionErrorMag">,
  feh: Measured | null,
): RrLyraeDistance | null {
  const mean = feh && star.curve && isExtinction(star.extinctionMag) ? meanMagnitude(star.curve) : null;
  if (!mean || !feh) return null;
  const { extinctionMag: value, extinctionErrorMag } = star;
  const error = extinctionErrorMag >= 0 ? extinctionErrorMag : EXTINCTION_ERROR * Math.abs(value);
  return rrLyraeDistance(mean, feh, { value, error });
}
