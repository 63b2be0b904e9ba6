import { AppError } from "../../src/errors";
import { openXgboost, type XgboostLibrary } from "../../training/families/boosting/library";

/** XGBoost's library, or null where it is not installed. */
export const XGBOOST: XgboostLibrary | null = (() => {
  try {
    return openXgboost(process.env.ASTERISM_XGBOOST_LIBRARY ?? null);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
})();

/** `describe` where XGBoost is, a skipped one that says so where it is not. */
export const describeXgboost: typeof describe.skip = XGBOOST
  ? describe
  : Object.assign(
      (name: string, body: () => void) => describe.skip(`${name} (skipped: no libxgboost; .ci/install-xgboost installs it)`, body),
      describe.skip,
    );
