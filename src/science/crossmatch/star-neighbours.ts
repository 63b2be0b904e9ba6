import { MAS_RADIANS, propagate } from "../epoch";
import { direction, RADIANS, separation, type Vector } from "../sky/coordinates";
import { separationError } from "./match-error";
import type { MatchObject, MatchStar, Neighbour } from "./match-object";
import { SkyGrid } from "./sky-grid";

const ARCSEC = RADIANS / 3600;

/** [arcsec] Beyond rounding, a star is filed so far from its place at most. */
const SLACK = 1;

/** When the objects were seen: the first and the last epoch [Julian yr]; null where none is known. */
export type EpochSpan = { readonly first: number; readonly last: number } | null;

/** @returns the span of the objects' epochs */
export function epochSpan(objects: readonly Pick<MatchObject, "epoch">[]): EpochSpan {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { epoch } of objects) {
    if (epoch === null) continue;
    first = Math.min(first, epoch);
    last = Math.max(last, epoch);
  }
  return first > last ? null : { first, last };
}

const hasMotion = ({ pmra, pmdec }: MatchStar) => pmra !== null && pmdec !== null;

/** Where a star is at an epoch, by its proper motion alone; one of which either component is missing does not move. */
function placeAt(star: MatchStar, epoch: number | null): Vector {
  if (epoch === null || epoch === star.refEpoch || !hasMotion(star)) return direction(star.raDeg, star.decDeg);
  const { raDeg, decDeg, pmra, pmdec } = star;
  const then = propagate({ raDeg, decDeg, pmra, pmdec }, epoch - star.refEpoch);
  return direction(then.raDeg, then.decDeg);
}

/** Stars that objects are matched with: each is found wherever it was while the objects were seen. */
export class StarNeighbours {
  private readonly grid = new SkyGrid((this.radiusArcsec + SLACK) * ARCSEC);
  /** The last epoch that a star was moved to, and its place then: most catalogues have one epoch. */
  private readonly epochs: (number | null | undefined)[] = [];
  private readonly places: Vector[] = [];
  private readonly seen = new Int32Array(this.stars.length);
  private searches = 0;

  /**
   * @param span of the epochs of the objects to come
   * @param someUndated whether some of them have no epoch
   */
  constructor(
    private readonly stars: readonly MatchStar[],
    private readonly radiusArcsec: number,
    span: EpochSpan,
    someUndated: boolean,
  ) {
    for (const [index, star] of stars.entries()) this.file(index, star, span, someUndated);
  }

  private file(index: number, star: MatchStar, span: EpochSpan, someUndated: boolean): void {
    if (span === null || someUndated) this.grid.add(index, direction(star.raDeg, star.decDeg));
    if (span === null) return;
    const wayArcsec = (Math.hypot(star.pmra ?? 0, star.pmdec ?? 0) * MAS_RADIANS * (span.last - span.first)) / ARCSEC;
    // On a way of steps twice the slack no point is farther from a step's end than the slack.
    const steps = Math.ceil(wayArcsec / SLACK);
    for (let step = 0; step <= steps; step++) {
      const epoch = steps === 0 ? span.first : span.first + ((span.last - span.first) * step) / steps;
      this.grid.add(index, placeAt(star, epoch));
    }
  }

  private place(index: number, epoch: number | null): Vector {
    if (this.epochs[index] !== epoch) {
      this.epochs[index] = epoch;
      this.places[index] = placeAt(this.stars[index]!, epoch);
    }
    return this.places[index]!;
  }

  /** @returns the stars within the radius of an object at its epoch, in no order */
  of(object: MatchObject): Neighbour[] {
    const towards = direction(object.raDeg, object.decDeg);
    const search = ++this.searches;
    const found: Neighbour[] = [];
    this.grid.near(towards, (index) => {
      if (this.seen[index] === search) return;
      this.seen[index] = search;
      const distance = separation(towards, this.place(index, object.epoch)) / ARCSEC;
      const star = this.stars[index]!;
      if (distance <= this.radiusArcsec) found.push({ star, separation: distance, error: separationError(object, star) });
    });
    return found;
  }
}
