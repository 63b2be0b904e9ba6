import { timed } from "../../telemetry/signal";
import { lookedUp } from "../../telemetry/signals";
import type { Context } from "../context";

/**
 * Measures a read that belongs to one request and is not merged with others, and lets it wait for its turn among them: a page.
 *
 * @param stars size of the page
 */
export function readAlone<T>(
  { inTurn }: Pick<Context, "inTurn">,
  group: "list" | "match" | "region" | "similar",
  stars: number,
  read: () => Promise<T>,
): Promise<T> {
  return inTurn(() => timed(lookedUp, { group, keys: stars, loads: 1, waiting: 0 }, read));
}
