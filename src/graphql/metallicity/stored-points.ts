import type { LightCurve } from "../../catalogue/light-curve";
import { AppError } from "../../errors";
import type { LightCurvePoints } from "../../features/light-curve/light-curve";
import type { Context } from "../context";
import type { LightCurveInput } from "./light-curve.input";

/** A stored light curve, and what is known of its period. */
export interface StoredPoints {
  readonly points: LightCurvePoints;
  /** [d] null where none is known */
  readonly period: number | null;
  /** whether the known period was found, and may be another one */
  readonly doubtful: boolean;
}

/** Points that the catalogue rejected count for nothing. */
function usable({ folded, time, mag, magError, rejected }: LightCurve): LightCurvePoints {
  const kept = time.map((_, index) => index).filter((index) => !rejected[index]);
  const at = (values: readonly (number | null)[]) => Float64Array.from(kept, (index) => values[index] ?? Number.NaN);
  return { folded, time: at(time), mag: at(mag), magError: magError.some((error) => error !== null) ? at(magError) : null };
}

/**
 * The light curve in G that is stored of a star.
 *
 * @throws AppError NOT_FOUND where there is none
 */
export async function storedPoints({ sourceId, release, catalogue }: LightCurveInput, context: Context): Promise<StoredPoints> {
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
  return { points: usable(best), period: known?.period ?? null, doubtful: known?.flags.includes("PERIOD_DOUBTFUL") ?? false };
}
