import type { LightCurve } from "../../catalogue/light-curve";
import { AppError } from "../../errors";
import { phaseAt } from "../../science/light-curve/phase";
import type { LightCurveType } from "./light-curve.type";

/** How to present a light curve. */
export interface Showing {
  /** order points by phase */
  readonly folded: boolean;
  /** [d] null if none is known */
  readonly period: number | null;
  readonly withRejected: boolean;
  readonly maxPoints: number;
}

/** Periods [d] of variable stars, from the fastest white dwarf to the slowest Mira. */
const PERIODS = { min: 0.001, max: 10_000 } as const;

/** @throws AppError BAD_INPUT if it cannot be the period of a star */
export function checkPeriod(period: number): number {
  if (period >= PERIODS.min && period <= PERIODS.max) return period;
  throw new AppError("BAD_INPUT", `\`period\` must be from ${PERIODS.min} to ${PERIODS.max} d, not ${period}.`);
}

function phasesOf({ folded, time }: LightCurve, period: number | null): readonly number[] | null {
  if (folded) return time;
  return period === null ? null : time.map((one) => phaseAt(one, period));
}

/**
 * A stored light curve as the API presents it.
 *
 * @throws AppError BAD_INPUT if it should be folded but no period is known
 */
export function shownCurve(curve: LightCurve, { folded, period, withRejected, maxPoints }: Showing): LightCurveType {
  const phase = phasesOf(curve, period);
  if (folded && phase === null)
    throw new AppError("BAD_INPUT", "No period of the star is known to fold its light curve with. Give `period`, in days.");
  const positions = curve.time.map((_, index) => index).filter((index) => withRejected || !curve.rejected[index]);
  if (folded) positions.sort((a, b) => phase![a]! - phase![b]!);
  const shown = positions.slice(0, maxPoints);
  const at = <T>(values: readonly T[]): T[] => shown.map((index) => values[index]!);
  return {
    catalogue: curve.catalogue,
    band: curve.band,
    points: curve.points,
    pointsRejected: curve.rejected.reduce((count, one) => count + (one ? 1 : 0), 0),
    period: phase === null ? null : period,
    time: curve.folded ? null : at(curve.time),
    phase: phase && at(phase),
    mag: at(curve.mag),
    magError: at(curve.magError),
    rejected: at(curve.rejected),
  };
}
