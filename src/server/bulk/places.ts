import { AppError } from "../../errors";
import { Pace } from "./pace";

/** Transfers under way at once: each keeps up to two chunks of some megabytes in memory, or an upload on disk. */
const MOST = 16;

/** Of them, those of one network: whoever opens many leaves as many to all others. */
const MOST_OF_ONE = 8;

/** A transfer that is under way. */
export interface Place {
  readonly pace: Pace;
  /** Gives the place back; only the first call counts. */
  leave(): void;
}

interface Held extends Place {
  readonly network: string;
  readonly giveUp: () => void;
}

/**
 * The places of transfers. A slow client keeps its place, and costs nothing but memory, as long as nobody else needs it;
 * who comes when all are taken gets that of the slowest, where one is slower than any honest link.
 */
export class Places {
  private readonly held = new Set<Held>();

  /** @param now a clock [ms] that never goes back */
  constructor(private readonly now: () => number) {}

  /**
   * @param network whose transfer it is
   * @param giveUp ends the transfer, visibly broken: its place is another's already
   * @throws AppError OVERLOADED where all places are taken, or those of the network, and none of them is slow
   */
  take(network: string, giveUp: () => void): Place {
    const own = [...this.held].filter((one) => one.network === network);
    if (own.length >= MOST_OF_ONE && !endSlowest(own))
      throw new AppError("OVERLOADED", `${MOST_OF_ONE} transfers of your address are under way. Try again when one of them has ended.`);
    if (this.held.size >= MOST && !endSlowest([...this.held]))
      throw new AppError("OVERLOADED", `${MOST} transfers are under way already. Try again when one of them has ended.`);
    const place: Held = { network, giveUp, pace: new Pace(this.now), leave: () => void this.held.delete(place) };
    this.held.add(place);
    return place;
  }
}

/** @returns whether one was slow, and has ended */
function endSlowest(places: readonly Held[]): boolean {
  const [slowest] = places.toSorted((one, other) => one.pace.credit - other.pace.credit);
  if (!slowest || slowest.pace.credit >= 0) return false;
  slowest.leave();
  slowest.giveUp();
  return true;
}
