import { createHash } from "node:crypto";
import { AppError } from "../../src/errors";
import type { LightCurveFolder, LightCurveStar } from "./light-curve-folder";

/** @throws AppError BAD_INPUT naming the folds that there are */
function checkFolds(chosen: readonly number[], { source, stars }: LightCurveFolder): void {
  const named = new Set(stars.map(({ fold }) => fold).filter((fold) => !Number.isNaN(fold)));
  const unknown = chosen.filter((fold) => !named.has(fold));
  if (unknown.length === 0) return;
  const known = named.size > 0 ? `the folds ${[...named].sort((a, b) => a - b).join(", ")}` : "no folds (a column cv_fold in stars.csv)";
  throw new AppError("BAD_INPUT", `No star of ${source} is in fold ${unknown.join(", ")}: it has ${known}. Name some of those.`);
}

/** A data set of its own: its name and hash are not the folder's, for what is trained on a part has not seen the whole. */
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
 * Keeps a model from some stars altogether, so that it may then be judged by them.
 *
 * @param folds as the column `cv_fold` names them; none leaves the folder as it is
 * @throws AppError BAD_INPUT where no star is in one of them
 */
export function withoutFolds(folder: LightCurveFolder, folds: readonly number[] = []): LightCurveFolder {
  return folds.length === 0 ? folder : part(folder, "without", folds, ({ fold }) => !folds.includes(fold));
}

/** The stars that `withoutFolds` left out. @throws AppError BAD_INPUT where no star is in one of the folds */
export function onlyFolds(folder: LightCurveFolder, folds: readonly number[]): LightCurveFolder {
  return part(folder, "only", folds, ({ fold }) => folds.includes(fold));
}
