import { findPeriod } from "../../science/light-curve/find-period";
import { type FourierFit, fitFourier } from "../../science/light-curve/fit-fourier";
import {
  amplitudeError,
  amplitudeRatioError,
  angleError,
  phaseDifferenceError,
  totalAmplitudeError,
} from "../../science/light-curve/fourier-errors";
import { phaseDifference } from "../../science/light-curve/fourier-series";
import { shapeOf } from "../../science/light-curve/light-curve-shape";
import { foldLightCurve, type LightCurveDoubt, largestPhaseGap } from "./fold-light-curve";
import type { FoldableLightCurve, LightCurvePoints } from "./light-curve";
import { PHI21_CENTRE, PHI31_CENTRE } from "./rrl-fourier";
import { usablePoints } from "./usable-points";

/** A period [d] and its standard error [d], null where that is not known. */
export interface KnownPeriod {
  readonly days: number;
  readonly errorDays: number | null;
}

/** A value and its standard error. */
export interface Valued {
  readonly value: number;
  readonly error: number;
}

/** A folded light curve's Fourier series, and what is read off it. */
export interface SeriesDescription {
  readonly points: number;
  /** of the cycle */
  readonly phaseGap: number;
  readonly fit: FourierFit;
  /** [mag] */
  readonly amplitudes: readonly Valued[];
  /** [rad] sine series */
  readonly phases: readonly Valued[];
  /** [mag] faintest minus brightest */
  readonly totalAmplitude: Valued;
  /** [cycles] */
  readonly riseTime: number;
  readonly r21: Valued;
  readonly r31: Valued;
  /** [rad] within pi of the middle of the fundamental mode's */
  readonly phi21: Valued;
  readonly phi31: Valued;
}

/** Why a light curve deserves doubt, or has no period or series. */
export type DescriptionFlag = LightCurveDoubt | "NO_PERIOD" | "NO_SERIES";

export interface LightCurveDescription {
  readonly period: KnownPeriod | null;
  readonly series: SeriesDescription | null;
  readonly flags: readonly DescriptionFlag[];
}

/** Least and most harmonics: R31 and phi31 need three, a ringing fit none beyond eight. */
const ORDERS = { least: 3, most: 8 } as const;

/** The series of the order whose points are missed by least when they are left out of it. */
export function fitBestOrder(curve: FoldableLightCurve): FourierFit | null {
  let best: FourierFit | null = null;
  for (let order: number = ORDERS.least; order <= ORDERS.most && 2 * order + 1 < curve.phase.length; order++) {
    const fit = fitFourier(curve, order);
    if (fit && (best === null || fit.leaveOneOut < best.leaveOneOut)) best = fit;
  }
  return best;
}

function describeSeries(curve: FoldableLightCurve): SeriesDescription | null {
  const fit = fitBestOrder(curve);
  if (fit === null) return null;
  const { amplitude, angle } = fit.series;
  const shape = shapeOf(fit.series);
  const ratio = (k: number): Valued => ({ value: amplitude[k - 1]! / amplitude[0]!, error: amplitudeRatioError(fit, k) });
  const difference = (k: number, centre: number): Valued => ({
    value: phaseDifference(fit.series, k, centre),
    error: phaseDifferenceError(fit, k),
  });
  return {
    points: curve.phase.length,
    phaseGap: largestPhaseGap(curve.phase),
    fit,
    amplitudes: amplitude.map((value, index) => ({ value, error: amplitudeError(fit, index + 1) })),
    phases: angle.map((value, index) => ({ value, error: angleError(fit, index + 1) })),
    totalAmplitude: { value: shape.totalAmplitude, error: totalAmplitudeError(fit, shape) },
    riseTime: shape.riseTime,
    r21: ratio(2),
    r31: ratio(3),
    phi21: difference(2, PHI21_CENTRE),
    phi31: difference(3, PHI31_CENTRE),
  };
}

/** Searches for a period, which takes about 50 ms; phases do not tell one. */
export function searchPeriod(points: LightCurvePoints): { period: KnownPeriod; doubtful: boolean } | null {
  if (points.folded || points.mag.length === 0) return null;
  const found = findPeriod(usablePoints(points, 1));
  if (found === null) return null;
  const errorDays = Number.isFinite(found.errorDays) ? found.errorDays : null;
  return { period: { days: found.periodDays, errorDays }, doubtful: found.doubtful };
}

/**
 * Describes a light curve by a Fourier series of the order that foretells its points best.
 *
 * @param known null where the period is to be searched for
 */
export function describeLightCurve(points: LightCurvePoints, known: KnownPeriod | null): LightCurveDescription {
  const found = known === null ? searchPeriod(points) : { period: known, doubtful: false };
  if (found === null) return { period: null, series: null, flags: ["NO_PERIOD"] };
  const { curve, refusal, ...folding } = foldLightCurve(points, found.period.days);
  const doubts: DescriptionFlag[] = [
    ...("doubts" in folding ? folding.doubts : []),
    ...(found.doubtful ? (["PERIOD_DOUBTFUL"] as const) : []),
  ];
  if (refusal === "PERIOD_IMPOSSIBLE") return { period: null, series: null, flags: ["NO_PERIOD"] };
  const series = curve === null ? null : describeSeries(curve);
  return { period: found.period, series, flags: series === null ? [...doubts, "NO_SERIES"] : doubts };
}
