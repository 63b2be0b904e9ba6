import type { DistanceKey, RegionSearch } from "../../catalogue/region/region-search";
import { readCursor, writeCursor } from "../cursor";

type Search = Pick<RegionSearch, "release" | "region" | "epoch">;

/** Which pages a cursor belongs to: distances are counted from the region's centre, of stars at one epoch. */
const scope = ({ release, region, epoch }: Search) => `${release} ${region.centre.raDeg} ${region.centre.decDeg} ${epoch}`;

/** @returns an opaque text that names a star's place in the order of distance from one centre */
export function encodeCursor(search: Search, { haversine, sourceId }: DistanceKey): string {
  return writeCursor(scope(search), { value: haversine, sourceId });
}

/** @throws AppError BAD_INPUT where the text is no cursor, or one of another centre, epoch or release */
export function decodeCursor(search: Search, cursor: string): DistanceKey {
  const { value, sourceId } = readCursor(scope(search), cursor);
  return { haversine: value ?? 0, sourceId };
}
