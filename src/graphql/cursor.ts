import { AppError } from "../errors";

/** A star's place in an order: what the order is by, then its id. */
export interface CursorKey {
  readonly value: number | null;
  readonly sourceId: bigint;
}

/**
 * @param scope which pages the cursor belongs to: in others it would point elsewhere
 * @returns an opaque text
 */
export function writeCursor(scope: string, { value, sourceId }: CursorKey): string {
  return Buffer.from(JSON.stringify([scope, value, sourceId.toString()])).toString("base64url");
}

function parseCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return null; // refused below with every other text that is no cursor
  }
}

/** @throws AppError BAD_INPUT where the text is no cursor, or one of another scope */
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
