import { fitBestOrder } from "../../science/light-curve/decompose";
import { findPeriod } from "../../science/light-curve/find-period";
import type { FourierFit } from "../../science/light-curve/fit-fourier";
import { type FourierSeries, phaseDifference, seriesAt, wrapNear } from "../../science/light-curve/fourier-series";
import { type LightCurveShape, shapeOf } from "../../science/light-curve/light-curve-shape";
import { covarianceErrors } from "../../science/light-curve/series-errors";
import type { Measured } from "../../science/measured";
import { foldLightCurve, type LightCurveDoubt, largestPhaseGap } from "./fold-light-curve";
import type { FoldableLightCurve, LightCurvePoints } from "./light-curve";
import { PHI21_CENTRE, PHI31_CENTRE } from "./rrl-fourier";
import { usablePoints } from "./usable-points";

/** A period [d] and its standard error [d], null if unknown. */
export interface KnownPeriod {
  readonly days: number;
  readonly errorDays: number | null;
}

/** A folded light curve's Fourier series, and the parameters derived from it. */
export interface SeriesDescription {
  readonly points: number;
  /** fraction of the cycle */
  readonly phaseGap: number;
  readonly fit: FourierFit;
  /** [mag] */
  readonly amplitudes: readonly Measured[];
  /** [rad] sine series */
  readonly phases: readonly Measured[];
  /** [mag] faintest minus brightest */
  readonly totalAmplitude: Measured;
  /** [cycles] */
  readonly riseTime: number;
  readonly r21: Measured;
  readonly r31: Measured;
  /** [rad] within pi of the typical value of the fundamental mode */
  readonly phi21: Measured;
  readonly phi31: Measured;
}

/** Why the results may be unreliable, or there is no period or series. */
export type DescriptionFlag = LightCurveDoubt | "NO_PERIOD" | "NO_SERIES";

export interface LightCurveDescription {
  readonly period: KnownPeriod | null;
  readonly series: SeriesDescription | null;
  readonly flags: readonly DescriptionFlag[];
}

/** All derived parameters in one list: amplitudes, phases, then R21, R31, phi21, phi31 and the total amplitude. */
function quantitiesOf({ angle }: FourierSeries, { maximumPhase, riseTime }: LightCurveShape) {
  return (series: FourierSeries): number[] => [
    ...series.amplitude,
    // Wrap near the star's own angles, so that wrapping does not truncate the errors.
    ...series.angle.map((one, index) => wrapNear(one, angle[index]!)),
    ...[2, 3].map((k) => series.amplitude[k - 1]! / series.amplitude[0]!),
    ...[2, 3].map((k) => phaseDifference(series, k, phaseDifference({ ...series, angle }, k, k === 2 ? PHI21_CENTRE : PHI31_CENTRE))),
    // At its extremes a series is stationary, so errors of their phases do not matter.
    seriesAt(series, maximumPhase - riseTime) - seriesAt(series, maximumPhase),
  ];
}

function describeSeries(curve: FoldableLightCurve): SeriesDescription | null {
  const fit = fitBestOrder(curve);
  if (fit === null) return null;
  const shape = shapeOf(fit.series);
  const quantities = quantitiesOf(fit.series, shape);
  const errors = covarianceErrors(fit, quantities);
  const measured = quantities(fit.series).map((value, index): Measured => ({ value, error: errors[index]! }));
  const order = fit.series.amplitude.length;
  const [r21, r31, phi21, phi31, totalAmplitude] = measured.slice(2 * order) as [Measured, Measured, Measured, Measured, Measured];
  return {
    points: curve.phase.length,
    phaseGap: largestPhaseGap(curve.phase),
    fit,
    amplitudes: measured.slice(0, order),
    phases: measured.slice(order, 2 * order),
    ...{ totalAmplitude, riseTime: shape.riseTime, r21, r31, phi21, phi31 },
  };
}

/** Searches for a period, which takes about 50 ms; impossible with phases only. */
export function searchPeriod(points: LightCurvePoints): { period: KnownPeriod; doubtful: boolean } | null {
  if (points.folded || points.mag.length === 0) return null;
  const found = findPeriod(usablePoints(points, 1));
  if (found === null) return null;
  const errorDays = Number.isFinite(found.errorDays) ? found.errorDays : null;
  return { period: { days: found.periodDays, errorDays }, doubtful: found.doubtful };
}

/**
 * Describes a light curve by a Fourier series of the order that best predicts left-out points.
 *
 * @param known null to search for the period
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
