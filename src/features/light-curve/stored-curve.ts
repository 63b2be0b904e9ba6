import type { LightCurve } from "../../catalogue/light-curve";
import type { Variability } from "../../catalogue/variability";
import type { LightCurvePoints } from "./light-curve";
import { storedPoints } from "./stored-points";

/** A stored light curve, and what is known of its period. */
export interface StoredCurve {
  readonly points: LightCurvePoints;
  /** [d] null where none is known */
  readonly period: number | null;
  /** whether the known period was found, and may be another one */
  readonly doubtful: boolean;
}

/**
 * Chooses from what is stored of a star: its light curve in G of the most points, and the period that is known best.
 *
 * @param variability the best known first, as `variabilityOf` gives it
 * @param catalogue the light curve's; any when null
 * @returns null where there is no light curve in G
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
