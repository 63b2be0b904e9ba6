import type { DistanceKey, RegionSearch } from "../../catalogue/region-search";
import { AppError } from "../../errors";

type Search = Pick<RegionSearch, "release" | "region" | "epoch">;

/** Which pages a cursor belongs to: distances are counted from the region's centre, of stars at one epoch. */
const scope = ({ release, region, epoch }: Search) => `${release} ${region.centre.raDeg} ${region.centre.decDeg} ${epoch}`;

/** @returns an opaque text that names a star's place in the order of distance from one centre */
export function encodeCursor(search: Search, { haversine, sourceId }: DistanceKey): string {
  return Buffer.from(JSON.stringify([scope(search), haversine, sourceId.toString()])).toString("base64url");
}

function parseCursor(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return null; // refused below with every other text that is no cursor
  }
}

/** @throws AppError BAD_INPUT where the text is no cursor, or one of another centre, epoch or release */
export function decodeCursor(search: Search, cursor: string): DistanceKey {
  const [itsScope, haversine, sourceId]: unknown[] = [parseCursor(cursor)].flat();
  const isKey = Number.isFinite(haversine) && typeof sourceId === "string" && /^\d{1,19}$/.test(sourceId);
  if (!isKey || typeof itsScope !== "string" || BigInt(sourceId) >= 2n ** 63n) {
    throw new AppError("BAD_INPUT", "`after` is not a cursor of a region. Take it from `pageInfo.endCursor` or from an edge.");
  }
  if (itsScope !== scope(search)) {
    throw new AppError("BAD_INPUT", "`after` comes from pages of another region, epoch or release. Go on with those it was made in.");
  }
  return { haversine: haversine as number, sourceId: BigInt(sourceId) };
}
