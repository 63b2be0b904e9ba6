import { createHash } from "node:crypto";
import { AppError } from "../../src/errors";
import type { LightCurveFolder, LightCurveStar } from "./light-curve-folder";

/** @throws AppError BAD_INPUT with the folds that exist */
function checkFolds(chosen: readonly number[], { source, stars }: LightCurveFolder): void {
  const named = new Set(stars.map(({ fold }) => fold).filter((fold) => !Number.isNaN(fold)));
  const unknown = chosen.filter((fold) => !named.has(fold));
  if (unknown.length === 0) return;
  const known = named.size > 0 ? `the folds ${[...named].sort((a, b) => a - b).join(", ")}` : "no folds (a column cv_fold in stars.csv)";
  throw new AppError("BAD_INPUT", `No star of ${source} is in fold ${unknown.join(", ")}: it has ${known}. Name some of those.`);
}

/** The part gets its own name and hash: a model trained on it has not seen the whole folder. */
function part(
  folder: LightCurveFolder,
  which: string,
  folds: readonly number[],
  isKept: (star: LightCurveStar) => boolean,
): LightCurveFolder {
  checkFolds(folds, folder);
  const name = `${which} cv_fold ${[...new Set(folds)].sort((a, b) => a - b).join(", ")}`;
  const sha256 = createHash("sha256").update(`${folder.sha256} ${name}`).digest("hex");
  return { ...folder, source: `${folder.source} ${name}`, sha256, stars: folder.stars.filter(isKept) };
}

/**
 * Leaves some stars out of everything, so that a model can be judged on them afterwards.
 *
 * @param folds values of the column `cv_fold`; none leaves the folder as it is
 * @throws AppError BAD_INPUT if a fold has no stars
 */
export function withoutFolds(folder: LightCurveFolder, folds: readonly number[] = []): LightCurveFolder {
  return folds.length === 0 ? folder : part(folder, "without", folds, ({ fold }) => !folds.includes(fold));
}

/** The stars that `withoutFolds` leaves out. @throws AppError BAD_INPUT if a fold has no stars */
export function onlyFolds(folder: LightCurveFolder, folds: readonly number[]): LightCurveFolder {
  return part(folder, "only", folds, ({ fold }) => folds.includes(fold));
}
