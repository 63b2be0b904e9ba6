import { timed } from "../../telemetry/signal";
import { lookedUp } from "../../telemetry/signals";

/**
 * A read that is one request's own and merged with no other: a page.
 *
 * @param stars that the page may hold
 */
export function readAlone<T>(group: "list" | "region", stars: number, read: () => Promise<T>): Promise<T> {
  return timed(lookedUp, { group, keys: stars, loads: 1, waiting: 0 }, read);
}
