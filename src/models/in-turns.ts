import { setImmediate as nextTurn } from "node:timers/promises";

/**
 * Does a piece of work for each of many items, and lets the event loop do other work in between.
 *
 * @param itemsATurn items between two turns; together they should take at most a few milliseconds
 */
export async function inTurns(items: number, itemsATurn: number, work: (item: number) => void): Promise<void> {
  for (let item = 0; item < items; item++) {
    if (item > 0 && item % itemsATurn === 0) await nextTurn();
    work(item);
  }
}
