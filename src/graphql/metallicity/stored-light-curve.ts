import { AppError } from "../../errors";
import { type StoredCurve, storedCurve } from "../../features/light-curve/stored-curve";
import type { Context } from "../context";
import type { LightCurveInput } from "./light-curve.input";

/**
 * The stored light curve of a star in G.
 *
 * @throws AppError NOT_FOUND if there is none
 */
export async function storedLightCurve({ sourceId, release, catalogue }: LightCurveInput, context: Context): Promise<StoredCurve> {
  const loaders = context.loaders(release);
  const [curves, variability] = await Promise.all([loaders.lightCurves.load(sourceId!), loaders.variability.load(sourceId!)]);
  const stored = storedCurve(curves, variability, catalogue ?? null);
  if (stored) return stored;
  const where = catalogue == null ? "" : ` of '${catalogue}'`;
  throw new AppError(
    "NOT_FOUND",
    `DR${release} source ${sourceId} has no light curve in G${where}. Give one, or \`asterism ingest light-curves\`.`,
  );
}
