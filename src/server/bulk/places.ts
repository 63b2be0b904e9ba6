import { AppError } from "../../errors";
import { Pace } from "./pace";

/** Open transfers. Each may hold two chunks of several megabytes in memory, or an upload on disk. */
const MOST = 16;

/** Open transfers of one network, so that half of the places are left for all others. */
const MOST_OF_ONE = 8;

/** The place of an open transfer. */
export interface Place {
  readonly pace: Pace;
  /** Frees the place; further calls do nothing. */
  leave(): void;
}

interface Held extends Place {
  readonly network: string;
  readonly giveUp: () => void;
}

/**
 * Limits the number of open transfers. A slow client costs only memory, so it keeps its place as long as others are free. If none
 * is free, a new transfer takes the place of the slowest client, provided that one is slow (see Pace).
 */
export class Places {
  private readonly held = new Set<Held>();

  /** @param now a monotonic clock [ms] */
  constructor(private readonly now: () => number) {}

  /**
   * @param network of the client (see networkOf)
   * @param giveUp breaks the transfer off after its place was given to another
   * @throws AppError OVERLOADED if all places, or all of this network, are taken and none of the clients is slow
   */
  take(network: string, giveUp: () => void): Place {
    const own = [...this.held].filter((one) => one.network === network);
    if (own.length >= MOST_OF_ONE && !endSlowest(own))
      throw new AppError("OVERLOADED", `${MOST_OF_ONE} transfers of your address are open already. Try again when one of them has ended.`);
    if (this.held.size >= MOST && !endSlowest([...this.held]))
      throw new AppError("OVERLOADED", `${MOST} transfers are open already. Try again when one of them has ended.`);
    const place: Held = { network, giveUp, pace: new Pace(this.now), leave: () => void this.held.delete(place) };
    this.held.add(place);
    return place;
  }
}

/** @returns whether one was slow and has been broken off */
function endSlowest(places: readonly Held[]): boolean {
  const [slowest] = places.toSorted((one, other) => one.pace.credit - other.pace.credit);
  if (!slowest || slowest.pace.credit >= 0) return false;
  slowest.leave();
  slowest.giveUp();
  return true;
}
