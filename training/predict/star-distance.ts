import { fitBestOrder } from "../../src/science/light-curve/decompose";
import type { Measured } from "../../src/science/measured";
import { type RrLyraeDistance, rrLyraeDistance } from "../../src/science/rr-lyrae/distance";
import type { LightCurveStar } from "../datasets/light-curve-folder";

/** [mag] What is outside is a sentinel or a mistake. */
const isExtinction = (mag: number): boolean => mag >= 0 && mag < 30;

/** @returns whether any star's extinction is given, without which there is no distance */
export const hasExtinctions = (stars: readonly LightCurveStar[]): boolean => stars.some(({ extinctionMag }) => isExtinction(extinctionMag));

/** An extinction that comes without an error is taken to be good to a tenth, as maps of dust are. */
const EXTINCTION_ERROR = 0.1;

/** [mag] mean of the light curve's series; its error is that of the zeroth coefficient. */
function meanMagnitude({ curve }: LightCurveStar): Measured | null {
  const fit = curve && fitBestOrder(curve);
  return fit && { value: fit.series.mean, error: Math.sqrt(fit.covariance[0]!) };
}

/**
 * @param feh [dex] null where it was not predicted
 * @returns null where the light curve, [Fe/H] or the extinction is not known
 */
export function distanceOf(star: LightCurveStar, feh: Measured | null): RrLyraeDistance | null {
  const mean = feh && isExtinction(star.extinctionMag) ? meanMagnitude(star) : null;
  if (!mean || !feh) return null;
  const { extinctionMag: value, extinctionErrorMag } = star;
  const error = extinctionErrorMag >= 0 ? extinctionErrorMag : EXTINCTION_ERROR * Math.abs(value);
  return rrLyraeDistance(mean, feh, { value, error });
}
