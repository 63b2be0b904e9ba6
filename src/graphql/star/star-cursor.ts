import type { StarKey, StarOrder } from "../../catalogue/page-order";
import type { Release } from "../../catalogue/release";
import { readCursor, writeCursor } from "../cursor";

/**
 * A prediction's order is that of one version, a label's that of one catalogue: where another has become the champion, or
 * the alias names another, pages begin anew.
 */
function orderedBy({ by, surveyLabel, predictedLabel, predictedClass }: StarOrder): string {
  if (surveyLabel) return JSON.stringify(surveyLabel.meant);
  const predicted = predictedLabel ?? predictedClass;
  if (!predicted) return by;
  return JSON.stringify([predicted.meant?.versionId, predicted.meant?.output, predictedClass?.class]);
}

/** A cursor is valid for pages of the same release and order only. */
const scope = (release: Release, order: StarOrder) => `${release} ${orderedBy(order)} ${order.direction}`;

/** @returns an opaque string for a star's position in one order of one release */
export const encodeCursor = (release: Release, order: StarOrder, key: StarKey): string => writeCursor(scope(release, order), key);

/** @throws AppError BAD_INPUT if the text is not a cursor, or belongs to another order or release */
export const decodeCursor = (release: Release, order: StarOrder, cursor: string): StarKey => readCursor(scope(release, order), cursor);
