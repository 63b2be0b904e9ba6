import type { DistanceKey, RegionSearch } from "../../catalogue/region/region-search";
import { readCursor, writeCursor } from "../cursor";

type Search = Pick<RegionSearch, "release" | "region" | "epoch">;

/** Pages share a cursor scope if their distances are comparable: same release, centre and epoch. */
const scope = ({ release, region, epoch }: Search) => `${release} ${region.centre.raDeg} ${region.centre.decDeg} ${epoch}`;

/** @returns an opaque string for a star's position in the order of distance from the centre */
export function encodeCursor(search: Search, { haversine, sourceId }: DistanceKey): string {
  return writeCursor(scope(search), { value: haversine, sourceId });
}

/** @throws AppError BAD_INPUT if the text is not a cursor, or belongs to another centre, epoch or release */
export function decodeCursor(search: Search, cursor: string): DistanceKey {
  const { value, sourceId } = readCursor(scope(search), cursor);
  return { haversine: value ?? 0, sourceId };
}
