import { AppError } from "../errors";

/** Gaia data release that a source_id belongs to: an id means nothing without it. Each has a partition of its own. */
export type Release = 2 | 3 | 4;

export const RELEASES: readonly Release[] = [2, 3, 4];

export const isRelease = (value: number): value is Release => RELEASES.includes(value as Release);

/** Reads `DR3`, `dr3`, `3`, `Gaia DR3`; EDR3's sources are DR3's. @throws AppError BAD_INPUT */
export function parseRelease(text: string): Release {
  const number = Number(/^(?:gaia\s*)?(?:e?dr)?([234])$/i.exec(text.trim())?.[1]);
  if (!isRelease(number)) throw new AppError("BAD_INPUT", `The release must be DR2, DR3 or DR4, not '${text}'.`);
  return number;
}
