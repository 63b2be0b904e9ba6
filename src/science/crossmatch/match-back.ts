import { unlikeliness } from "./match-error";
import { MATCH_FLAGS } from "./match-flags";
import type { Ranked } from "./rank-neighbours";

/** A match seen from both sides. */
export interface Match extends Ranked {
  /** other objects of which the star is the best match too */
  readonly mates: number;
  /** whether, of the objects of which the star is the best match, this one fits it best */
  readonly bestForStar: boolean;
}

interface Claims {
  count: number;
  readonly best: number;
  readonly ranked: Ranked;
}

/** Likelihoods are compared where both are known. */
function fitsBetter(one: Ranked, other: Ranked): boolean {
  if (one.error === null || other.error === null) return one.separation < other.separation;
  return unlikeliness(one.separation, one.error) < unlikeliness(other.separation, other.error);
}

/** Which objects each star is the best match of. */
export class MatchBack {
  private readonly claims = new Map<bigint, Claims>();

  /**
   * Objects are added by ascending number, so that of two that fit alike the first one is meant.
   *
   * @param object its number
   * @param ranked its neighbours, the best first
   */
  add(object: number, [best]: readonly Ranked[]): void {
    if (best === undefined) return;
    const before = this.claims.get(best.sourceId);
    if (before === undefined) this.claims.set(best.sourceId, { count: 1, best: object, ranked: best });
    else if (fitsBetter(best, before.ranked)) this.claims.set(best.sourceId, { count: before.count + 1, best: object, ranked: best });
    else before.count++;
  }

  /** @returns an object's neighbour with what the other objects say of the star */
  match(object: number, ranked: Ranked): Match {
    const claims = this.claims.get(ranked.sourceId);
    const others = (claims?.count ?? 0) - (ranked.rank === 1 ? 1 : 0);
    const flags = ranked.flags | (others > 0 ? MATCH_FLAGS.SHARED : 0);
    return { ...ranked, flags, mates: others, bestForStar: ranked.rank === 1 && claims?.best === object };
  }
}
