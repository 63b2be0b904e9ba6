import { AppError } from "../errors";

/** A star's position in an ordered list: the value that orders it, then its id. */
export interface CursorKey {
  readonly value: number | null;
  readonly sourceId: bigint;
}

/**
 * @param scope identifies the list of pages that the cursor is valid for
 * @returns an opaque string
 */
export function writeCursor(scope: string, { value, sourceId }: CursorKey): string {
  return Buffer.from(JSON.stringify([scope, value, sourceId.toString()])).toString("base64url");
}

function parseCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return null; // refused below, like any other text that is not a cursor
  }
}

/** @throws AppError BAD_INPUT if the text is not a cursor, or belongs to another scope */
export function readCursor(scope: string, cursor: string): CursorKey {
  const [itsScope, value, sourceId]: unknown[] = [parseCursor(cursor)].flat();
  const isKey = (value === null || Number.isFinite(value)) && typeof sourceId === "string" && /^\d{1,19}$/.test(sourceId);
  if (!isKey || typeof itsScope !== "string" || BigInt(sourceId) >= 2n ** 63n) {
    throw new AppError("BAD_INPUT", "`after` is not a cursor of these pages. Take it from `pageInfo.endCursor` or from an edge.");
  }
  if (itsScope !== scope) {
    throw new AppError("BAD_INPUT", "`after` comes from pages of another order, region or release. Go on with those it was made in.");
  }
  return { value: value as number | null, sourceId: BigInt(sourceId) };
}
