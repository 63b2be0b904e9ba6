import type { LightCurve } from "../../catalogue/light-curve";
import type { Variability } from "../../catalogue/variability";
import type { LightCurvePoints } from "./light-curve";
import { storedPoints } from "./stored-points";

/** A stored light curve and its known period. */
export interface StoredCurve {
  readonly points: LightCurvePoints;
  /** [d] null if unknown */
  readonly period: number | null;
  /** whether the period was found by a search and may be wrong */
  readonly doubtful: boolean;
}

/**
 * Chooses the stored light curve in G with the most points, and the best known period.
 *
 * @param variability in the order of `variabilityOf`, best first
 * @param catalogue of the light curve; null: any
 * @returns null if there is no light curve in G
 */
export function storedCurve(
  curves: readonly LightCurve[],
  variability: readonly Variability[],
  catalogue: string | null = null,
): StoredCurve | null {
  const wanted = curves.filter((curve) => curve.band === "G" && (catalogue === null || curve.catalogue === catalogue));
  const best = wanted.toSorted((a, b) => b.points - a.points)[0];
  if (!best) return null;
  const known = variability.find(({ period }) => period !== null);
  return { points: storedPoints(best), period: known?.period ?? null, doubtful: known?.flags.includes("PERIOD_DOUBTFUL") ?? false };
}
