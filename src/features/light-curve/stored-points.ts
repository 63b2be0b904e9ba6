import type { LightCurve } from "../../catalogue/light-curve";
import type { LightCurvePoints } from "./light-curve";

/** The points of a stored light curve, without those that its catalogue rejected. */
export function storedPoints({ folded, time, mag, magError, rejected }: LightCurve): LightCurvePoints {
  const kept = time.map((_, index) => index).filter((index) => !rejected[index]);
  const at = (values: readonly (number | null)[]) => Float64Array.from(kept, (index) => values[index] ?? Number.NaN);
  return { folded, time: at(time), mag: at(mag), magError: magError.some((error) => error !== null) ? at(magError) : null };
}
