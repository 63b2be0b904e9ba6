import type { Release } from "../../catalogue/release";
import type { StarKey, StarOrder } from "../../catalogue/star-page";
import { AppError } from "../../errors";

/** Which pages a cursor belongs to: another order would make it point elsewhere. */
const scope = (release: Release, order: StarOrder) => `${release} ${order.by} ${order.direction}`;

/** @returns an opaque text that names a star's place in one order of one release */
export function encodeCursor(release: Release, order: StarOrder, key: StarKey): string {
  return Buffer.from(JSON.stringify([scope(release, order), key.value, key.sourceId.toString()])).toString("base64url");
}

function parseCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return null; // refused below with every other text that is no cursor
  }
}

/** @throws AppError BAD_INPUT where the text is no cursor, or one of another order or release */
export function decodeCursor(release: Release, order: StarOrder, cursor: string): StarKey {
  const [itsScope, value, sourceId]: unknown[] = [parseCursor(cursor)].flat();
  const isKey = (value === null || Number.isFinite(value)) && typeof sourceId === "string" && /^\d{1,19}$/.test(sourceId);
  if (!isKey || typeof itsScope !== "string" || BigInt(sourceId) >= 2n ** 63n) {
    throw new AppError("BAD_INPUT", "`after` is not a cursor of `stars`. Take it from `pageInfo.endCursor` or from an edge.");
  }
  if (itsScope !== scope(release, order)) {
    throw new AppError("BAD_INPUT", "`after` comes from pages of another order or release. Go on with those the cursor was made in.");
  }
  return { value: value as number | null, sourceId: BigInt(sourceId) };
}
