import type { Release } from "../../../src/catalogue/release";
import {
  type ComputedVariability,
  type CurveToDescribe,
  countLacking,
  curvesLacking,
  storeComputed,
} from "../../../src/catalogue/variability-rows";
import type { Database } from "../../../src/database/database";
import { describeLightCurve, type KnownPeriod, type LightCurveDescription } from "../../../src/features/light-curve/describe-light-curve";
import type { Measured } from "../../../src/science/measured";

/** Stars of one transaction: what a kill makes undone, some seconds' work where periods are searched for. */
const STARS = 200;

export interface VariabilitySummary {
  readonly release: Release;
  /** light curves that were described */
  readonly lightCurves: number;
  /** of them without a period, and without a Fourier series */
  readonly withoutPeriod: number;
  readonly withoutSeries: number;
}

const values = (list: readonly Measured[] | undefined): number[] => (list ?? []).map(({ value }) => value);
const errors = (list: readonly Measured[] | undefined): number[] => (list ?? []).map(({ error }) => error);

/** A description as it is stored. */
function toComputed(curve: CurveToDescribe, { period, series, flags }: LightCurveDescription): ComputedVariability {
  return {
    ...{ sourceId: curve.sourceId, catalogueId: curve.catalogueId, band: curve.band, type: curve.type, flags },
    ...{ period: period?.days ?? null, periodError: period?.errorDays ?? null },
    epochs: series?.points ?? curve.mag.length,
    harmonics: series?.amplitudes.length ?? null,
    meanMag: series?.fit.series.mean ?? null,
    ...{ amplitude: series?.totalAmplitude.value ?? null, amplitudeError: series?.totalAmplitude.error ?? null },
    ...{ riseTime: series?.riseTime ?? null, scatter: series?.fit.scatter ?? null, phaseGap: series?.phaseGap ?? null },
    ...{ amplitudes: values(series?.amplitudes), amplitudeErrors: errors(series?.amplitudes) },
    ...{ phases: values(series?.phases), phaseErrors: errors(series?.phases) },
    ...{ r21: series?.r21.value ?? null, r21Error: series?.r21.error ?? null },
    ...{ r31: series?.r31.value ?? null, r31Error: series?.r31.error ?? null },
    ...{ phi21: series?.phi21.value ?? null, phi21Error: series?.phi21.error ?? null },
    ...{ phi31: series?.phi31.value ?? null, phi31Error: series?.phi31.error ?? null },
  };
}

const published = ({ period, periodError }: CurveToDescribe): KnownPeriod | null =>
  period === null ? null : { days: period, errorDays: periodError };

/** Describes the light curves of some stars; a period found in a star's first band, that of the most points, serves the others. */
function describeStars(curves: readonly CurveToDescribe[]): ComputedVariability[] {
  const found = new Map<bigint, KnownPeriod>();
  return curves.map((curve) => {
    const description = describeLightCurve(curve, published(curve) ?? found.get(curve.sourceId) ?? null);
    if (description.period && !found.has(curve.sourceId)) found.set(curve.sourceId, description.period);
    return toComputed(curve, description);
  });
}

/**
 * Computes periods (where none is published) and Fourier parameters of every light curve of a release that lacks
 * them, some stars a transaction: what lacks them is the progress, so that a kill loses nothing.
 */
export async function computeVariability(
  database: Database,
  release: Release,
  onProgress?: (done: number, total: number) => void,
): Promise<VariabilitySummary> {
  const total = await countLacking(database, release);
  const summary = { release, lightCurves: 0, withoutPeriod: 0, withoutSeries: 0 };
  onProgress?.(0, total);
  for (let after = 0n; ; ) {
    const curves = await curvesLacking(database, release, after, STARS);
    if (curves.length === 0) return summary;
    after = curves[curves.length - 1]!.sourceId;
    const computed = describeStars(curves);
    await database.transaction((queries) => storeComputed(queries, release, computed));
    summary.lightCurves += computed.length;
    summary.withoutPeriod += computed.filter(({ period }) => period === null).length;
    summary.withoutSeries += computed.filter(({ harmonics }) => harmonics === null).length;
    onProgress?.(Math.min(summary.lightCurves, total), total);
  }
}
