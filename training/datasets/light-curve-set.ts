import { AppError } from "../../src/errors";
import type { FoldableLightCurve, LightCurveFeatureSet } from "../../src/features/light-curve/light-curve";
import type { OpenOptions } from "../../src/formats/open-table";
import type { Manifest } from "../../src/models/manifest";
import { readLightCurveFolder } from "./light-curve-folder";
import type { LabelColumn } from "./table-layout";

/** Stars with light curves and metallicities, as the inputs of one feature set. */
export interface LightCurveSet extends Pick<Manifest["data"], "source" | "path" | "layout" | "idColumn" | "sha256" | "synthetic"> {
  readonly featureSet: LightCurveFeatureSet;
  readonly labels: readonly [LabelColumn];
  /** [stars] */
  readonly ids: readonly string[];
  /** [stars, features] row by row */
  readonly inputs: Float32Array;
  /** one array [stars]: [Fe/H] [dex] */
  readonly references: readonly [Float64Array];
  readonly before: null;
  /** [stars] which part of a cross-validation each is in, 0 to `folds` - 1 */
  readonly fold: Uint8Array;
  readonly folds: number;
  /** stars of the folder that were left out: no label, or a light curve that cannot be used */
  readonly leftOut: number;
}

export const METALLICITY: LabelColumn = { name: "feh", unit: "dex", column: "feh" };

/** Where the table of stars names none. */
const FOLDS = 10;
/** Fewer leave folds that mean nothing. */
const FEWEST_STARS = 100;

interface LabelledStar {
  readonly sourceId: bigint;
  readonly feh: number;
  readonly fold: number;
  readonly curve: FoldableLightCurve;
}

/** The folds that the table names, or stars dealt out in the order of their label so that each fold has the same distribution. */
function foldsOf(stars: readonly LabelledStar[]): Uint8Array {
  const named = Uint8Array.from(stars, ({ fold }) => fold);
  const isNamed = stars.every(({ fold }) => Number.isInteger(fold) && fold >= 0 && fold < 100) && new Set(named).size > 1;
  if (isNamed) return named;
  const folds = new Uint8Array(stars.length);
  const byLabel = [...stars.keys()].sort((a, b) => stars[a].feh - stars[b].feh);
  byLabel.forEach((star, rank) => {
    folds[star] = rank % FOLDS;
  });
  return folds;
}

/**
 * Reads a folder of light curves with metallicities.
 *
 * @throws AppError NOT_FOUND or BAD_INPUT as readLightCurveFolder does, and where too few stars can be trained on
 */
export async function readLightCurveSet(
  folder: string,
  featureSet: LightCurveFeatureSet,
  onBytes?: OpenOptions["onBytes"],
): Promise<LightCurveSet> {
  const { source, path, idColumn, sha256, stars: all } = await readLightCurveFolder(folder, onBytes);
  const stars = all.flatMap(({ sourceId, feh, fold, curve }): LabelledStar[] =>
    curve && Number.isFinite(feh) ? [{ sourceId, feh, fold, curve }] : [],
  );
  if (stars.length < FEWEST_STARS)
    throw new AppError(
      "BAD_INPUT",
      `${source} has ${stars.length} stars with a usable light curve and a metallicity (feh_photometric_dex); at least ${FEWEST_STARS} are needed to train.`,
    );
  const inputs = new Float32Array(stars.length * featureSet.inputs.length);
  stars.forEach(({ curve }, star) => {
    inputs.set(featureSet.compute(curve), star * featureSet.inputs.length);
  });
  const fold = foldsOf(stars);
  return {
    ...{ source, path, idColumn, sha256, inputs, fold, featureSet },
    layout: "light-curves",
    synthetic: false,
    labels: [METALLICITY],
    ids: stars.map(({ sourceId }) => String(sourceId)),
    references: [Float64Array.from(stars, ({ feh }) => feh)],
    before: null,
    folds: Math.max(...fold) + 1,
    leftOut: all.length - stars.length,
  };
}
