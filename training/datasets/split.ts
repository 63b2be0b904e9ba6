import { createHash } from "node:crypto";

/** Share of the stars that nothing sees before the final evaluation, in every recipe. */
export const TEST_SHARE = 0.15;

/** Which rows of a training set are used how. */
export interface Split {
  /** rows that neither fit, early stopping nor calibration sees */
  readonly test: Int32Array;
  /** the other rows */
  readonly training: Int32Array;
  /** [rows] which of `folds` a row is in: a member of an ensemble stops early by one fold and fits on the others */
  readonly fold: Uint8Array;
  readonly folds: number;
}

/** @returns a number in [0, 1) that depends on the text alone */
function hashFraction(text: string): number {
  return createHash("sha256").update(text).digest().readUIntBE(0, 6) / 2 ** 48;
}

/**
 * Splits by star: rows with the same key go the same way. What becomes of a star depends on its key alone, not on
 * the seed nor on which other stars there are, so that no later version of a model trains on a star that an earlier
 * one is tested on.
 */
export function splitByStar(starKeys: readonly string[], testShare: number, folds: number): Split {
  const isTest = starKeys.map((key) => hashFraction(`test/${key}`) < testShare);
  const rows = Int32Array.from(starKeys.keys());
  return {
    test: rows.filter((row) => isTest[row]),
    training: rows.filter((row) => !isTest[row]),
    fold: Uint8Array.from(starKeys, (key) => Math.floor(hashFraction(`fold/${key}`) * folds)),
    folds,
  };
}

/** sha256 of the sorted ids: the same for the same stars, whatever their order. */
export function hashIds(ids: readonly string[]): string {
  return createHash("sha256")
    .update([...ids].sort().join("\n"))
    .digest("hex");
}
