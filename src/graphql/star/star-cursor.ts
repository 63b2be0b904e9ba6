import type { Release } from "../../catalogue/release";
import type { StarKey, StarOrder } from "../../catalogue/page-order";
import { readCursor, writeCursor } from "../cursor";

/** A cursor is valid for pages of the same release and order only. */
const scope = (release: Release, order: StarOrder) => `${release} ${order.by} ${order.direction}`;

/** @returns an opaque string for a star's position in one order of one release */
export const encodeCursor = (release: Release, order: StarOrder, key: StarKey): string => writeCursor(scope(release, order), key);

/** @throws AppError BAD_INPUT if the text is not a cursor, or belongs to another order or release */
export const decodeCursor = (release: Release, order: StarOrder, cursor: string): StarKey => readCursor(scope(release, order), cursor);
