import { timed } from "../../telemetry/signal";
import { lookedUp } from "../../telemetry/signals";

/**
 * Measures a read that belongs to one request and is not merged with others: a page.
 *
 * @param stars size of the page
 */
export function readAlone<T>(group: "list" | "region" | "similar", stars: number, read: () => Promise<T>): Promise<T> {
  return timed(lookedUp, { group, keys: stars, loads: 1, waiting: 0 }, read);
}
