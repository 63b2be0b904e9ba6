import { LRUCache } from "lru-cache";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** [s] of one budget */
const WINDOW_S = 60;
/** Clients whose exhausted budgets are remembered. */
const MOST_CLIENTS = 10_000;

/** What a client has left. */
export interface Left {
  readonly cost: number;
  /** [s] until the budget is whole again */
  readonly seconds: number;
  readonly exceeded: boolean;
}

/**
 * What each client may spend in a minute, in the unit of a query's cost. Clients on this machine have no budget as long as no
 * proxy is trusted: without its X-Forwarded-For, all clients of a proxy on this machine look like one.
 */
export class Budgets {
  private readonly limiter: RateLimiterMemory | null;
  /** the time until when a budget is exhausted [ms since 1970], by client */
  private readonly exhausted = new LRUCache<string, number>({ max: MOST_CLIENTS, ttl: 1000 * WINDOW_S });

  /**
   * @param perMinute 0: no limit
   * @param alsoLocal whether clients on this machine have a budget too
   */
  constructor(
    readonly perMinute: number,
    private readonly alsoLocal: boolean,
  ) {
    this.limiter = perMinute > 0 ? new RateLimiterMemory({ points: perMinute, duration: WINDOW_S }) : null;
  }

  /** [s] until the client may ask again; 0 if it may now */
  exhaustedFor(client: string): number {
    if (this.exhausted.size === 0) return 0;
    return Math.max(0, Math.ceil(((this.exhausted.get(client) ?? 0) - Date.now()) / 1000));
  }

  /** @returns null where the client has no budget */
  spend(client: string, cost: number): Promise<Left> | null {
    if (!this.limiter || (!this.alsoLocal && isLocal(client))) return null;
    return this.limiter.consume(client, cost).then(
      (left) => leftOf(left, false),
      (left: unknown) => {
        if (!(left instanceof RateLimiterRes)) throw left;
        this.exhausted.set(client, Date.now() + left.msBeforeNext);
        return leftOf(left, true);
      },
    );
  }

  /** The fields of draft-ietf-httpapi-ratelimit-headers-10. */
  headers({ cost, seconds }: Left): Readonly<Record<string, string>> {
    return { "ratelimit-policy": `"cost";q=${this.perMinute};w=${WINDOW_S}`, ratelimit: `"cost";r=${cost};t=${seconds}` };
  }
}

const leftOf = ({ remainingPoints, msBeforeNext }: RateLimiterRes, exceeded: boolean): Left => ({
  cost: remainingPoints,
  seconds: Math.ceil(msBeforeNext / 1000),
  exceeded,
});

/** @param client as Clients names it: an IPv4 address, or the first four groups of an IPv6 address, which are zero in ::1 */
const isLocal = (client: string): boolean => client.startsWith("127.") || client === "0:0:0:0";
