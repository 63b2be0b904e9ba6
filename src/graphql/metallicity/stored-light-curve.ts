import { AppError } from "../../errors";
import type { LightCurvePoints } from "../../features/light-curve/light-curve";
import { storedPoints } from "../../features/light-curve/stored-points";
import type { Context } from "../context";
import type { LightCurveInput } from "./light-curve.input";

/** A stored light curve, and what is known of its period. */
export interface StoredLightCurve {
  readonly points: LightCurvePoints;
  /** [d] null where none is known */
  readonly period: number | null;
  /** whether the known period was found, and may be another one */
  readonly doubtful: boolean;
}

/**
 * The light curve in G that is stored of a star.
 *
 * @throws AppError NOT_FOUND where there is none
 */
export async function storedLightCurve({ sourceId, release, catalogue }: LightCurveInput, context: Context): Promise<StoredLightCurve> {
  const loaders = context.loaders(release);
  const [curves, variability] = await Promise.all([loaders.lightCurves.load(sourceId!), loaders.variability.load(sourceId!)]);
  const wanted = curves.filter((curve) => curve.band === "G" && (catalogue == null || curve.catalogue === catalogue));
  const best = wanted.toSorted((a, b) => b.points - a.points)[0];
  if (!best) {
    const where = catalogue == null ? "" : ` of '${catalogue}'`;
    throw new AppError(
      "NOT_FOUND",
      `DR${release} source ${sourceId} has no light curve in G${where}. Give one, or \`asterism ingest light-curves\`.`,
    );
  }
  const known = variability.find(({ period }) => period !== null);
  return { points: storedPoints(best), period: known?.period ?? null, doubtful: known?.flags.includes("PERIOD_DOUBTFUL") ?? false };
}
