import type { Release } from "../../catalogue/release";
import type { StarKey, StarOrder } from "../../catalogue/star-page";
import { readCursor, writeCursor } from "../cursor";

/** Which pages a cursor belongs to: another order would make it point elsewhere. */
const scope = (release: Release, order: StarOrder) => `${release} ${order.by} ${order.direction}`;

/** @returns an opaque text that names a star's place in one order of one release */
export const encodeCursor = (release: Release, order: StarOrder, key: StarKey): string => writeCursor(scope(release, order), key);

/** @throws AppError BAD_INPUT where the text is no cursor, or one of another order or release */
export const decodeCursor = (release: Release, order: StarOrder, cursor: string): StarKey => readCursor(scope(release, order), cursor);
