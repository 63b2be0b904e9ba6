import { AppError } from "../../src/errors";
import { BAND, type PulsationType } from "../../src/features/fourier-parameters/feature-sets";
import { lightCurveFeatureSet } from "../../src/features/light-curve/feature-sets";
import { type CutLoss, cleanSample } from "../datasets/clean-sample";
import { splitByStar } from "../datasets/split";
import { calibratorStars } from "../fourier-parameters/calibrator-sample";
import { readSpectraFolder } from "../fourier-parameters/calibrator-stars";
import { isLightCurveFolder, readLightCurveFolder } from "../light-curves/light-curve-folder";
import { labelledLightCurves } from "../light-curves/light-curve-training-set";
import { cleanLightCurveCuts } from "./light-curve-sample";
import type { FeatureTable } from "./select-k-best";

/** A clean sample of stars, their features and [Fe/H]. */
export interface FeatureSample {
  /** the folder's base name */
  readonly source: string;
  readonly band: "G" | "I";
  readonly type: PulsationType;
  readonly losses: readonly CutLoss[];
  readonly table: FeatureTable;
  /** [stars] which are left out together, by star and never by spectrum */
  readonly fold: Int32Array;
  readonly folds: number;
}

/** What tells how well a light curve was observed, not what the star is like. */
const OBSERVATIONAL = ["scatter", "points", "phase_gap"];

/** Enough for a stable order of features; with fewer stars each is left out alone. */
const FOLDS = 10;
const FEW_STARS = 200;

function foldsOf(ids: readonly string[]): Pick<FeatureSample, "fold" | "folds"> {
  if (ids.length < FEW_STARS) return { fold: Int32Array.from(ids.keys()), folds: ids.length };
  return { fold: Int32Array.from(splitByStar(ids, 0, FOLDS).fold), folds: FOLDS };
}

/** Rows of features as a table, those without a number left out. */
interface Row {
  readonly id: string;
  readonly features: ArrayLike<number>;
  readonly feh: number;
}

function assemble(
  rows: readonly Row[],
  names: readonly string[],
  losses: readonly CutLoss[],
): Pick<FeatureSample, "table" | "losses" | "fold" | "folds"> {
  const at = names.map((_, index) => index).filter((index) => !OBSERVATIONAL.includes(names[index]!));
  const measured = cleanSample(rows, [
    { name: "every feature measured", keeps: ({ features }) => at.every((index) => Number.isFinite(features[index])) },
  ]);
  const table = {
    names: at.map((index) => names[index]!),
    columns: at.map((index) => Float64Array.from(measured.rows, ({ features }) => features[index]!)),
    label: Float64Array.from(measured.rows, ({ feh }) => feh),
  };
  return { table, losses: [...losses, ...measured.losses], ...foldsOf(measured.rows.map(({ id }) => id)) };
}

async function ofLightCurves(folder: string): Promise<FeatureSample> {
  const read = await readLightCurveFolder(folder);
  const features = lightCurveFeatureSet("rrl-fourier");
  const { rows, losses } = cleanSample(read.stars, cleanLightCurveCuts);
  const stars = labelledLightCurves({ ...read, stars: rows });
  const described = stars.map(({ sourceId, curve, feh }): Row => ({ id: String(sourceId), features: features.compute(curve), feh }));
  return {
    source: read.source,
    band: "G",
    type: "RRab",
    ...assemble(
      described,
      features.inputs.map(({ name }) => name),
      losses,
    ),
  };
}

const CALIBRATOR_FEATURES = ["period", "A1", "A2", "A3", "R21", "R31", "phi21", "phi31"];

async function ofCalibrators(folder: string, type: PulsationType): Promise<FeatureSample> {
  const { source, spectra } = await readSpectraFolder(folder);
  const { rows, losses } = calibratorStars(spectra, type);
  const described = rows.map(({ star, feh, period, A1, A2, A3, phi21, phi31 }): Row => {
    return { id: star, features: [period, A1, A2, A3, A2 / A1, A3 / A1, phi21, phi31], feh };
  });
  return { source, band: BAND, type, ...assemble(described, CALIBRATOR_FEATURES, losses) };
}

/** Fewer leave nothing to choose by. */
const FEWEST_STARS = 20;

/**
 * Reads a clean sample from either kind of folder: Gaia's light curves, or tables of Fourier parameters with spectroscopic [Fe/H].
 *
 * @throws AppError NOT_FOUND, or BAD_INPUT naming the file and its fault, or saying that too few stars are left
 */
export async function readFeatureSample(folder: string, type: PulsationType): Promise<FeatureSample> {
  const sample = (await isLightCurveFolder(folder)) ? await ofLightCurves(folder) : await ofCalibrators(folder, type);
  if (sample.table.label.length >= FEWEST_STARS) return sample;
  const losses = sample.losses.map(({ cut, lost }) => `${cut}: ${lost} lost`).join("; ");
  throw new AppError(
    "BAD_INPUT",
    `${sample.source} has ${sample.table.label.length} stars to choose features by; at least ${FEWEST_STARS} are needed. Cuts: ${losses}.`,
  );
}
